import { FILE, FOLDER } from '../../domain/entry.ts';
import { ADDED, MODIFIED, MOVED } from '../batch.ts';
import type { BatchSender } from '../batch-sender.ts';
import { isEvidence } from '../rules/built-in.ts';
import type { WalkCounts } from '../scan-protocol.ts';
import type { Row, WalkOutput } from '../walk-output.ts';

/** What changed among the children of one folder. */
export interface FolderChanges {
  added: number;
  modified: number;
  removed: number;
  /** Whether it was compared, and has files: some may lack a content. */
  files: boolean;
}

/** What is found may make other folders worth a look: all below one whose rules changed, or the one above. */
export type LookAlso = (folder: number, why: 'rules' | 'evidence') => void;

/** Who is told of single finds. */
export interface Told {
  readonly lookAlso: LookAlso;
  missing(id: number): void;
}

/** Passes on what a walk finds and notes by folder what a pass must know of it. */
export class PassOutput implements WalkOutput {
  readonly #missing = new Map<number, number[]>();
  readonly changes = new Map<number, FolderChanges>();
  /** Folders found elsewhere than the index had them; in `changes` they are new in one folder. */
  movedFolders = 0;
  /** Inode numbers of files with several names that were added or modified. */
  readonly linked = new Set<number>();
  readonly #sender: BatchSender;
  readonly #told: Told;
  #folder = 0;

  constructor(sender: BatchSender, told: Told) {
    this.#sender = sender;
    this.#told = told;
  }

  /** Not found where the index has them, by the folder that did not list them. */
  get missingByFolder(): ReadonlyMap<number, readonly number[]> {
    return this.#missing;
  }

  get missingCount(): number {
    return [...this.#missing.values()].reduce((sum, ids) => sum + ids.length, 0);
  }

  get counts(): WalkCounts {
    return this.#sender.counts;
  }

  /** What follows is about this folder; what was said of it before does not count any more. */
  enter(folder: number): void {
    this.#folder = folder;
    this.#missing.delete(folder);
  }

  row(row: Row): boolean {
    const changes = this.changesIn(row.parent);
    if (row.change === MOVED) this.movedFolders++;
    if (row.change !== MODIFIED) changes.added++;
    // The time of a folder goes with what is in it, which is told by itself.
    else if (row.type !== FOLDER) changes.modified++;
    if (row.type === FILE) {
      if (row.links === 1) this.linked.add(row.inode);
      if (row.name === '.gitignore') this.#told.lookAlso(row.parent, 'rules');
      if (row.change === ADDED && isEvidence(row.name)) this.#told.lookAlso(row.parent, 'evidence');
    }
    return this.#sender.row(row);
  }

  missing(id: number): void {
    const ids = this.#missing.get(this.#folder);
    if (ids) ids.push(id);
    else this.#missing.set(this.#folder, [id]);
    this.#told.missing(id);
  }
  begin(folder: number): void {
    this.#sender.begin(folder);
  }
  folder(id: number, signature: number, bytes: number, files: number, folders: number, children: number): void {
    if (files > 0) this.changesIn(id).files = true;
    this.#sender.folder(id, signature, bytes, files, folders, children);
  }
  displaced(id: number): void {
    this.#sender.displaced(id);
  }
  problem(path: string, reason: string): void {
    this.#sender.problem(path, reason);
  }

  changesIn(folder: number): FolderChanges {
    let changes = this.changes.get(folder);
    if (!changes) this.changes.set(folder, (changes = { added: 0, modified: 0, removed: 0, files: false }));
    return changes;
  }
}
