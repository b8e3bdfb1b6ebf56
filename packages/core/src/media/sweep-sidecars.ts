import { contentByUuid } from '../db/library/contents.ts';
import { removeMedia } from '../db/library/media.ts';
import { forgetSidecarPasses } from '../db/library/sidecar-passes.ts';
import { contentsWithoutFiles, removeSidecar, sidecarsOfContent } from '../db/library/sidecars.ts';
import { uuidSchema } from '../domain/ids.ts';
import { SIDECAR_KINDS, type SidecarKind } from '../domain/sidecar.ts';
import { newListing } from '../folder-listing.ts';
import type { Pace } from '../pace.ts';
import type { Files } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { SweepResult } from './making-protocol.ts';
import { SIDECARS_FOLDER, fileNameOf, folderOfContent } from './sidecar-files.ts';
import { type SidecarStore, type StoredContent, uuidOf } from './sidecar-store.ts';

const BATCH = 200;
const FILE = 0;
const FOLDER = 1;
const PART = /^[0-9a-f]{2}$/;
/** Of our own naming; `.new` is one that was being written when something broke. Nothing else is ever touched. */
const OURS = new RegExp(`^(?:${SIDECAR_KINDS.join('|')})\\.\\d+\\.sealed(?:\\.new)?$`);

export interface SweepParts {
  readonly db: ReadConnection;
  readonly store: SidecarStore;
  /** The folder of the library. */
  readonly folder: string;
  readonly files: Files;
  readonly pace: Pace;
  stopping(): boolean;
}

interface Swept {
  readonly result: SweepResult;
  /** UUIDs of the contents that lost something. */
  readonly contents: readonly string[];
  readonly finished: boolean;
}

/** Removes what was derived from contents that no file has any more, and every file that no row speaks of. */
export function sweepSidecars(parts: SweepParts): Swept {
  const sweep = new Sweep(parts);
  const finished = sweep.rows() && sweep.folders();
  return { result: sweep.result, contents: sweep.changed, finished };
}

class Sweep {
  readonly #parts: SweepParts;
  result: SweepResult = { contents: 0, files: 0, bytes: 0, lost: 0 };
  readonly changed: string[] = [];

  constructor(parts: SweepParts) {
    this.#parts = parts;
  }

  /** The rows of contents without a file, batch by batch; answers whether all were done. */
  rows(): boolean {
    const { db, store, pace, stopping } = this.#parts;
    for (let after = 0; ;) {
      if (stopping()) return false;
      pace.giveWay();
      const batch = contentsWithoutFiles(db, after, BATCH);
      if (batch.length === 0) return true;
      store.write((tx) => {
        for (const content of batch) {
          for (const { kind } of sidecarsOfContent(tx, content.id)) removeSidecar(tx, content, kind);
          removeMedia(tx, content);
        }
      });
      this.changed.push(...batch.map(uuidOf));
      this.result = { ...this.result, contents: this.result.contents + batch.length };
      after = batch.at(-1)?.id ?? after;
    }
  }

  /** The files, folder by folder; answers whether all were done. */
  folders(): boolean {
    const { folder, pace, stopping } = this.#parts;
    const top = `${folder}/${SIDECARS_FOLDER}`;
    for (const first of this.#names(top, FOLDER, PART)) {
      for (const second of this.#names(`${top}/${first}`, FOLDER, PART)) {
        if (stopping()) return false;
        pace.giveWay();
        for (const content of this.#names(`${top}/${first}/${second}`, FOLDER)) this.#content(content);
        this.#removeFolder(`${top}/${first}/${second}`);
      }
      this.#removeFolder(`${top}/${first}`);
    }
    return true;
  }

  #content(uuid: string): void {
    const { db, folder } = this.#parts;
    if (!uuidSchema.safeParse(uuid).success) return;
    const path = folderOfContent(folder, uuid);
    const content = contentByUuid(db, uuid);
    const made = (content ? sidecarsOfContent(db, content.id) : []).filter(({ state }) => state === 'made');
    const kept = new Set(made.map(fileNameOf));
    const found = this.#names(path, FILE, OURS);
    for (const name of found) if (!kept.has(name)) this.#removeFile(`${path}/${name}`);
    const lost = made.filter((row) => isFile(row.kind) && !found.includes(fileNameOf(row)));
    if (content && lost.length > 0)
      this.#forget(
        content,
        lost.map(({ kind }) => kind),
      );
    this.#removeFolder(path);
  }

  /** What a row says is made and is not there is to be made again. */
  #forget(content: StoredContent, kinds: readonly SidecarKind[]): void {
    this.#parts.store.write((tx) => {
      for (const kind of kinds) removeSidecar(tx, content, kind);
      forgetSidecarPasses(tx);
    });
    this.changed.push(uuidOf(content));
    this.result = { ...this.result, lost: this.result.lost + kinds.length };
  }

  #names(path: string, type: number, pattern?: RegExp): string[] {
    const { files } = this.#parts;
    if (files.facts(path)?.type !== FOLDER) return [];
    const listing = newListing();
    files.listFolder(path, listing);
    return listing.names.filter((name, at) => listing.types[at] === type && (!pattern || pattern.test(name)));
  }

  #removeFile(path: string): void {
    const bytes = this.#parts.files.facts(path)?.size ?? 0;
    this.#parts.files.remove(path);
    this.result = { ...this.result, files: this.result.files + 1, bytes: this.result.bytes + bytes };
  }

  #removeFolder(path: string): void {
    const listing = newListing();
    this.#parts.files.listFolder(path, listing);
    if (listing.names.length === 0) this.#parts.files.remove(path);
  }
}

/** Facts are a row, and texts lie in an index of their own. */
function isFile(kind: SidecarKind): boolean {
  return kind !== 'facts' && kind !== 'text';
}
