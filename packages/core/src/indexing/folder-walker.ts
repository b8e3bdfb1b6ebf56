import type { EntryIds } from '../db/entry-ids.ts';
import { FILE, FOLDER } from '../domain/entry.ts';
import { kindByName } from '../domain/kinds.ts';
import { joinNative } from '../domain/native-path.ts';
import { asSdError } from '../errors.ts';
import { newListing } from '../folder-listing.ts';
import type { ReadFiles } from '../ports/files.ts';
import { AwayDisks } from './away-disks.ts';
import { ADDED, MODIFIED, MOVED } from './batch.ts';
import type { KnownChild, KnownChildren } from './known-children.ts';
import type { FolderMoves } from './folder-moves.ts';
import type { CompiledRules, FolderRules } from './rules/compile.ts';
import type { WalkFolder } from './scan-protocol.ts';
import { FolderSignature, NO_SIGNATURE } from './signature.ts';
import type { WalkOutput } from './walk-output.ts';

export interface FolderWalkerParts {
  readonly files: ReadFiles;
  readonly rules: CompiledRules;
  readonly known: KnownChildren;
  /** Absent in a first scan, where nothing can have been moved. */
  readonly moves: FolderMoves | undefined;
  readonly ids: EntryIds;
  readonly out: WalkOutput;
  /** The only file system that is walked; `undefined`: all of them. */
  readonly device: number | undefined;
  readonly full: boolean;
  /** Ids are taken this many at a time; the rest of the last ones is not used. */
  readonly idBlock?: number;
}

/** How a folder below stands to what the index knows: `other` has the name of a known one, and is another. */
export type Standing = 'known' | 'new' | 'moved' | 'other';
export type Enter = (child: WalkFolder, standing: Standing) => void;

const ID_BLOCK = 1_000;

/** Looks at one folder after another: lists it, compares it with the index, and sends on what differs. */
export class FolderWalker {
  readonly #parts: FolderWalkerParts;
  readonly #listing = newListing(1024);
  readonly #signature = new FolderSignature();
  readonly #away: AwayDisks;
  #nextId = 0;
  #idsEnd = 0;

  constructor(parts: FolderWalkerParts) {
    this.#parts = parts;
    this.#away = new AwayDisks(parts.files, parts.known, parts.device, parts.full);
  }

  /**
   * Calls `enter` for each folder below that is to be walked; `newsOnly`: but for those that are as the index knows them.
   * Answers `false` once the scan is to stop.
   */
  walk(folder: WalkFolder, enter: Enter, newsOnly = false): boolean {
    const { rules, full, known } = this.#parts;
    const within = rules.at(folder.path);
    if (!this.#list(folder, within)) return true;
    const signature = this.#sumUp();
    const unchanged = folder.known && !full && signature !== NO_SIGNATURE && known.signature(folder.id) === signature;
    if (!unchanged) {
      const news: Enter = (child, standing) => standing !== 'known' && enter(child, standing);
      return this.#compare(folder, within, signature, newsOnly ? news : enter);
    }
    if (!newsOnly) this.#enterKnown(folder, enter);
    return true;
  }

  #list(folder: WalkFolder, within: FolderRules): boolean {
    const { files, rules, out } = this.#parts;
    try {
      files.listFolder(folder.path, this.#listing, (name, type) => {
        if (rules.leaveOut(name, type, within) === undefined) return false;
        out.counts.left_out++;
        return true;
      });
    } catch (error) {
      // What cannot be looked at is not gone: everything known of it stays. What is gone, its parent will not list again.
      const { code, message } = asSdError(error);
      const gone = code === 'NOT_FOUND' || code === 'NOT_A_FOLDER';
      out.counts[gone ? 'vanished' : 'unreadable']++;
      out.problem(folder.path, code === 'INTERNAL' ? String(error) : message);
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
      signature.add(
        names[at] ?? '',
        type,
        size,
        mtimes[at] ?? 0,
        inodes[at] ?? 0,
        type === FOLDER ? 0 : (links[at] ?? 0),
      );
      if (type === FILE) {
        counts.files++;
        counts.bytes += size;
      } else if (type === FOLDER) counts.folders++;
      else counts.other++;
    }
    return vanished.length > 0 ? NO_SIGNATURE : signature.value;
  }

  #enterKnown(folder: WalkFolder, enter: Enter): void {
    if (!this.#listing.types.subarray(0, this.#listing.names.length).includes(FOLDER)) return;
    const foreign = this.#foreign();
    for (const { id, name } of this.#parts.known.folders(folder.id))
      if (!foreign.has(name)) enter({ id, path: joinNative(folder.path, name), known: true }, 'known');
  }

  /** Names of children that are other file systems' and not asked for. */
  #foreign(): ReadonlySet<string> {
    const { device } = this.#parts;
    const foreign = new Set<string>();
    if (device === undefined) return foreign;
    const { names, types, devices } = this.#listing;
    for (let at = 0; at < names.length; at++)
      if (types[at] === FOLDER && devices[at] !== device) foreign.add(names[at] ?? '');
    return foreign;
  }

  #compare(folder: WalkFolder, within: FolderRules, listed: number, enter: Enter): boolean {
    const { out, known } = this.#parts;
    const { names, types, sizes, vanished } = this.#listing;
    const before = new Map<string, KnownChild>();
    if (folder.known) {
      out.begin(folder.id);
      for (const child of known.all(folder.id)) before.set(child.name, child);
    }
    this.#away.enter(folder.path);
    const sums = { bytes: 0, files: 0, folders: 0, children: 0 };
    const count = (type: number, size: number): void => {
      sums.children++;
      if (type === FILE) {
        sums.files++;
        sums.bytes += size;
      } else if (type === FOLDER) sums.folders++;
    };
    let signature = listed;
    for (let at = 0; at < names.length; at++) {
      const name = names[at] ?? '';
      const child = before.get(name);
      before.delete(name);
      if (child && types[at] === FOLDER && child.type === FOLDER && this.#isAway(child, at, folder.path))
        signature = NO_SIGNATURE;
      else if (!this.#child(folder, at, child, enter)) return false;
      count(types[at] ?? 0, sizes[at] ?? 0);
    }
    for (const name of vanished) {
      const child = before.get(name);
      before.delete(name);
      if (child) count(child.type, child.size);
    }
    for (const child of before.values()) {
      // Until what is missing has left the index, the folder is not as it was listed: a scan that ends before that must
      // not keep the next one from looking.
      signature = NO_SIGNATURE;
      if (this.#away.wasMounted(child) && this.#parts.rules.leaveOut(child.name, FOLDER, within) === undefined) {
        this.#sayAway(joinNative(folder.path, child.name));
        count(child.type, child.size);
      } else out.missing(child.id);
    }
    out.folder(folder.id, signature, sums.bytes, sums.files, sums.folders, sums.children);
    return true;
  }

  /** One listed child: sends its row where the index does not have it as it is. `false` once the scan is to stop. */
  #child(folder: WalkFolder, at: number, known: KnownChild | undefined, enter: Enter): boolean {
    const { names, types, sizes, mtimes, inodes, links, devices } = this.#listing;
    const { out, device, moves } = this.#parts;
    const name = names[at] ?? '';
    const type = types[at] ?? 0;
    const facts = {
      name,
      type,
      kind: kindByName(type, name),
      parent: folder.id,
      size: type === FOLDER ? 0 : (sizes[at] ?? 0),
      mtime: mtimes[at] ?? 0,
      inode: inodes[at] ?? 0,
      links: type === FILE ? +((links[at] ?? 0) > 1) : type === FOLDER ? +this.#away.isMount(devices[at] ?? 0) : 0,
    };
    const walkable = type === FOLDER && (device === undefined || devices[at] === device);
    const path = type === FOLDER ? joinNative(folder.path, name) : '';
    if (known?.type === type) {
      const same =
        known.size === facts.size &&
        known.mtime === facts.mtime &&
        known.inode === facts.inode &&
        known.links === facts.links;
      if (!same && !out.row({ ...facts, id: known.id, change: MODIFIED })) return false;
      if (walkable) enter({ id: known.id, path, known: true }, known.inode === facts.inode ? 'known' : 'other');
      else if (type === FOLDER) this.#notCrossed(known);
      return true;
    }
    // Another type under the same name is another thing: the old one has lost its place, and all below it.
    if (known) out.displaced(known.id);
    const movedFrom = type === FOLDER ? moves?.find(path, facts.inode, facts.mtime) : undefined;
    const id = movedFrom ?? this.#newId();
    if (!out.row({ ...facts, id, change: movedFrom === undefined ? ADDED : MOVED })) return false;
    if (walkable) enter({ id, path, known: movedFrom !== undefined }, movedFrom === undefined ? 'new' : 'moved');
    return true;
  }

  /**
   * A folder that another file system is mounted on, which is not walked. What the index knows of the folder beneath
   * stays (the disk may be gone tomorrow) until everything is compared, as it is when the rules were changed.
   */
  #notCrossed(folder: KnownChild): void {
    const { full, known, out } = this.#parts;
    if (!full) return;
    const children = known.all(folder.id);
    for (const child of children) out.missing(child.id);
    if (children.length > 0) out.folder(folder.id, NO_SIGNATURE, 0, 0, 0, 0);
  }

  #isAway(known: KnownChild, at: number, folder: string): boolean {
    const { devices, names } = this.#listing;
    const path = joinNative(folder, names[at] ?? '');
    if (!this.#away.isBareMountPoint(known, devices[at] ?? 0, path)) return false;
    this.#sayAway(path);
    return true;
  }
  #sayAway(path: string): void {
    this.#parts.out.counts.unreadable++;
    this.#parts.out.problem(path, 'the disk that was mounted here is away; what is known of it stays');
  }

  #newId(): number {
    if (this.#nextId === this.#idsEnd) {
      const { ids, idBlock = ID_BLOCK } = this.#parts;
      this.#nextId = ids.take(idBlock);
      this.#idsEnd = this.#nextId + idBlock;
    }
    return this.#nextId++;
  }
}
