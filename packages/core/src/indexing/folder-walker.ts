import type { EntryIds } from '../db/entry-ids.ts';
import { FILE, FOLDER } from '../domain/entry.ts';
import { kindByName } from '../domain/kinds.ts';
import { joinNative } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import { newListing } from '../folder-listing.ts';
import type { ReadFiles } from '../platform.ts';
import { ADDED, MODIFIED, MOVED } from './batch.ts';
import type { BatchSender } from './batch-sender.ts';
import type { KnownChild, KnownChildren } from './known-children.ts';
import type { FolderMoves } from './folder-moves.ts';
import type { CompiledRules } from './rules/compile.ts';
import type { WalkFolder } from './scan-protocol.ts';
import { FolderSignature } from './signature.ts';

export interface FolderWalkerParts {
  readonly files: ReadFiles;
  readonly rules: CompiledRules;
  readonly known: KnownChildren;
  /** Absent in a first scan, where nothing can have been moved. */
  readonly moves: FolderMoves | undefined;
  readonly ids: EntryIds;
  readonly out: BatchSender;
  /** The only file system that is walked; `undefined`: all of them. */
  readonly device: number | undefined;
  readonly full: boolean;
}

/** Ids are taken this many at a time. */
const ID_BLOCK = 1_000;

/** Says that the listing was not stable: the folder is to be looked at again. */
const NO_SIGNATURE = -1;

/** Looks at one folder after another: lists it, compares it with the index, and sends on what differs. */
export class FolderWalker {
  readonly #parts: FolderWalkerParts;
  readonly #listing = newListing(1024);
  readonly #signature = new FolderSignature();
  #nextId = 0;
  #idsEnd = 0;

  constructor(parts: FolderWalkerParts) {
    this.#parts = parts;
  }

  /** Calls `enter` for each folder below that is to be walked. Answers `false` once the scan is to stop. */
  walk(folder: WalkFolder, enter: (child: WalkFolder) => void): boolean {
    if (!this.#list(folder)) return true;
    const signature = this.#sumUp();
    const unchanged = folder.known && !this.#parts.full && signature !== NO_SIGNATURE && this.#parts.known.signature(folder.id) === signature;
    if (unchanged) {
      this.#enterKnown(folder, enter);
      return true;
    }
    return this.#compare(folder, signature, enter);
  }

  #list(folder: WalkFolder): boolean {
    const { files, rules, out } = this.#parts;
    const within = rules.at(folder.path);
    try {
      files.listFolder(folder.path, this.#listing, (name, type) => {
        if (rules.leaveOut(name, type, within) === undefined && !isOurs(name, type)) return false;
        out.counts.left_out++;
        return true;
      });
    } catch (error) {
      // What cannot be looked at is not gone: everything known of it stays.
      out.counts.unreadable++;
      out.problem(folder.path, error instanceof SdError ? error.message : String(error));
      return false;
    }
    for (const name of this.#listing.vanished) {
      out.counts.vanished++;
      out.problem(joinNative(folder.path, name), 'gone, or not readable, a moment after it was listed');
    }
    return true;
  }

  /** Counts what was listed and digests it. */
  #sumUp(): number {
    const { names, types, sizes, mtimes, inodes, links, vanished } = this.#listing;
    const { counts } = this.#parts.out;
    const signature = this.#signature;
    signature.reset();
    for (let at = 0; at < names.length; at++) {
      const type = types[at] ?? 0;
      const size = type === FOLDER ? 0 : (sizes[at] ?? 0);
      signature.add(names[at] ?? '', type, size, mtimes[at] ?? 0, inodes[at] ?? 0, type === FOLDER ? 0 : (links[at] ?? 0));
      if (type === FILE) {
        counts.files++;
        counts.bytes += size;
      } else if (type === FOLDER) counts.folders++;
      else counts.other++;
    }
    return vanished.length > 0 ? NO_SIGNATURE : signature.value;
  }

  #enterKnown(folder: WalkFolder, enter: (child: WalkFolder) => void): void {
    if (!this.#listing.types.subarray(0, this.#listing.names.length).includes(FOLDER)) return;
    const foreign = this.#foreign();
    for (const { id, name } of this.#parts.known.folders(folder.id)) if (!foreign.has(name)) enter({ id, path: joinNative(folder.path, name), known: true });
  }

  /** Names of children that are other file systems' and not asked for. */
  #foreign(): ReadonlySet<string> {
    const { device } = this.#parts;
    const foreign = new Set<string>();
    if (device === undefined) return foreign;
    const { names, types, devices } = this.#listing;
    for (let at = 0; at < names.length; at++) if (types[at] === FOLDER && devices[at] !== device) foreign.add(names[at] ?? '');
    return foreign;
  }

  #compare(folder: WalkFolder, signature: number, enter: (child: WalkFolder) => void): boolean {
    const { out, known, device } = this.#parts;
    const { names, types, devices, sizes } = this.#listing;
    const before = new Map<string, KnownChild>();
    if (folder.known) for (const child of known.all(folder.id)) before.set(child.name, child);
    this.#away = false;
    let [bytes, files, folders] = [0, 0, 0];
    for (let at = 0; at < names.length; at++) {
      const name = names[at] ?? '';
      const id = this.#child(folder, at, before.get(name), enter, device === undefined || devices[at] === device);
      if (id === undefined) return false;
      before.delete(name);
      if (types[at] === FILE) {
        files++;
        bytes += sizes[at] ?? 0;
      } else if (types[at] === FOLDER) folders++;
    }
    for (const name of this.#listing.vanished) before.delete(name);
    for (const child of before.values()) out.missing(child.id);
    out.folder(folder.id, this.#away ? NO_SIGNATURE : signature, bytes, files, folders, names.length);
    return true;
  }

  /** One listed child: sends its row where the index does not have it as it is. Answers its id. */
  #child(folder: WalkFolder, at: number, known: KnownChild | undefined, enter: (child: WalkFolder) => void, walkable: boolean): number | undefined {
    const { names, types, sizes, mtimes, inodes, links } = this.#listing;
    const name = names[at] ?? '';
    const type = types[at] ?? 0;
    const facts = {
      name, type, kind: kindByName(type, name), parent: folder.id,
      size: type === FOLDER ? 0 : (sizes[at] ?? 0), mtime: mtimes[at] ?? 0, inode: inodes[at] ?? 0, links: type === FILE && (links[at] ?? 0) > 1 ? 1 : 0,
    };
    const path = (): string => joinNative(folder.path, name);
    if (known && known.type === type) {
      if (type === FOLDER && known.inode !== facts.inode && this.#isAway(known, path())) return known.id;
      const same = known.size === facts.size && known.mtime === facts.mtime && known.inode === facts.inode && known.links === facts.links;
      if (!same && !this.#parts.out.row({ ...facts, id: known.id, change: MODIFIED })) return undefined;
      if (type === FOLDER && walkable) enter({ id: known.id, path: path(), known: true });
      return known.id;
    }
    // Another type under the same name is another thing: the old one is gone, with all below it.
    if (known) this.#parts.out.missing(known.id);
    const movedFrom = type === FOLDER ? this.#parts.moves?.find(path(), facts.inode, facts.mtime) : undefined;
    const id = movedFrom ?? this.#newId();
    if (!this.#parts.out.row({ ...facts, id, change: movedFrom === undefined ? ADDED : MOVED })) return undefined;
    if (type === FOLDER && walkable) enter({ id, path: path(), known: movedFrom !== undefined });
    return id;
  }

  /**
   * A mount point whose disk is gone: another, empty folder where the index knows children. What is known of them stays,
   * and the folder above is looked at again next time.
   */
  #isAway(known: KnownChild, path: string): boolean {
    const { files, out } = this.#parts;
    if (this.#parts.device !== undefined || this.#parts.known.some(known.id, 1).length === 0) return false;
    try {
      let empty = true;
      files.listFolder(path, newListing(), () => !(empty = false));
      if (!empty) return false;
    } catch {
      // Not readable says nothing about what is in it.
    }
    out.counts.unreadable++;
    out.problem(path, 'the disk that was mounted here is away; what is known of it stays');
    return (this.#away = true);
  }
  #away = false;

  #newId(): number {
    if (this.#nextId === this.#idsEnd) {
      this.#nextId = this.#parts.ids.take(ID_BLOCK);
      this.#idsEnd = this.#nextId + ID_BLOCK;
    }
    return this.#nextId++;
  }
}

/** A library is not indexed into itself. */
function isOurs(name: string, type: number): boolean {
  return type === FOLDER && name.endsWith('.sdlibrary');
}
