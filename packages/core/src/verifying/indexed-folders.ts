import { FOLDER, nameOfStored } from '../domain/entry.ts';
import { joinNative } from '../domain/native-path.ts';
import type { CompiledRules } from '../indexing/rules/compile.ts';
import type { FileFacts, ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/**
 * How a folder of the index stands on the disk. `gone`: it, or one it lies in, is not there, is no folder any more, or
 * is left out by the rules now. `away`: it lies on a disk that was mounted here. `foreign`: on another file system, which
 * the rules do not walk into. `outside`: not below the folder that is looked at.
 */
export interface FolderOnDisk {
  readonly state: 'here' | 'gone' | 'away' | 'foreign' | 'outside';
  /** Native path, but for what is outside. */
  readonly path: string;
  /** Number of its file system, where it is here and could be asked. */
  readonly device: number | undefined;
}

interface FolderRow {
  readonly id: number;
  readonly parent_id: number | null;
  readonly name: string | Uint8Array;
  readonly inode: number;
  readonly links: number;
}

/** A tree deeper than any disk holds: what climbs further goes round in circles. */
const DEEPEST = 10_000;
/** Folders remembered before the memory is begun anew. */
const MOST_REMEMBERED = 100_000;
const OUTSIDE: FolderOnDisk = { state: 'outside', path: '', device: undefined };

/**
 * Finds how folders of the index stand on the disk, from the location's root down, each looked at once: a folder behind
 * a symbolic link that took the place of one above it is not the folder the index knows.
 */
export class IndexedFolders {
  readonly #db: ReadConnection;
  readonly #files: ReadFiles;
  readonly #rules: CompiledRules;
  readonly #crossMounts: boolean;
  readonly #root: { readonly id: number; readonly path: string; readonly device: number };
  readonly #within: number;
  readonly #known = new Map<number, FolderOnDisk>();

  constructor(parts: {
    db: ReadConnection;
    files: ReadFiles;
    rules: CompiledRules;
    crossMounts: boolean;
    root: { id: number; path: string; device: number };
    /** The folder outside which nothing is looked at; the root where it is absent. */
    within: number | undefined;
  }) {
    this.#db = parts.db;
    this.#files = parts.files;
    this.#rules = parts.rules;
    this.#crossMounts = parts.crossMounts;
    this.#root = parts.root;
    this.#within = parts.within ?? parts.root.id;
  }

  of(folder: number): FolderOnDisk {
    const place = this.#place(folder);
    return this.#within === this.#root.id || place.state === 'outside' || this.#isWithin(folder) ? place : OUTSIDE;
  }

  /** Forgets what was seen: the disk is asked again. */
  forget(): void {
    this.#known.clear();
  }

  /** Whether only the mount point of a disk that is away stands where the index knows the disk's top folder. */
  isAwayDisk(
    known: Pick<FolderRow, 'id' | 'links'>,
    facts: FileFacts | undefined,
    parentDevice: number | undefined,
  ): boolean {
    if (!this.#crossMounts || known.links !== 1) return false;
    if (!facts) return true;
    if (facts.device !== parentDevice) return false;
    return this.#db.prepare('SELECT 1 FROM entries WHERE parent_id = ? LIMIT 1').get(known.id) !== undefined;
  }

  #place(folder: number): FolderOnDisk {
    const chain: FolderRow[] = [];
    let at: number | null = folder;
    while (at !== null && at !== this.#root.id && !this.#known.has(at) && chain.length < DEEPEST) {
      const row: FolderRow | undefined = this.#db
        .prepare<FolderRow>('SELECT id, parent_id, name, inode, links FROM entries WHERE id = ?')
        .get(at);
      if (row) chain.push(row);
      at = row?.parent_id ?? null;
    }
    let place: FolderOnDisk =
      at === this.#root.id
        ? { state: 'here', path: this.#root.path, device: this.#root.device }
        : ((at === null ? undefined : this.#known.get(at)) ?? OUTSIDE);
    if (this.#known.size > MOST_REMEMBERED) this.#known.clear();
    for (const row of chain.reverse()) this.#known.set(row.id, (place = this.#below(place, row)));
    return place;
  }

  #below(parent: FolderOnDisk, row: FolderRow): FolderOnDisk {
    if (parent.state === 'outside') return OUTSIDE;
    const name = nameOfStored(row.name);
    const path = joinNative(parent.path, name);
    if (parent.state !== 'here') return { ...parent, path };
    if (this.#rules.leaveOut(name, FOLDER, this.#rules.at(parent.path)) !== undefined)
      return { state: 'gone', path, device: undefined };
    let facts: FileFacts | undefined;
    try {
      facts = this.#files.facts(path);
    } catch {
      // What cannot be asked is not gone: listing it says why.
      return { state: 'here', path, device: parent.device };
    }
    if (this.isAwayDisk(row, facts, parent.device)) return { state: 'away', path, device: undefined };
    if (facts?.type !== FOLDER) return { state: 'gone', path, device: undefined };
    const foreign = !this.#crossMounts && facts.device !== this.#root.device;
    return { state: foreign ? 'foreign' : 'here', path, device: facts.device };
  }

  #isWithin(folder: number): boolean {
    let at: number | null = folder;
    for (let steps = 0; at !== null && at !== this.#within && steps < DEEPEST; steps++)
      at =
        this.#db.prepare<{ parent_id: number | null }>('SELECT parent_id FROM entries WHERE id = ?').get(at)
          ?.parent_id ?? null;
    return at === this.#within;
  }
}
