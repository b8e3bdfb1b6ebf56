import { FOLDER } from '../../domain/entry.ts';
import { basenameOf, isWithin, joinNative, namesBelow, parentOf } from '../../domain/native-path.ts';
import { storedName } from '../../db/library/root-entry.ts';
import type { ReadFiles } from '../../ports/files.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { type LiveLocation, Places } from '../passes/places.ts';
import { type CompiledRules, type FolderRules, compileRules } from '../rules/compile.ts';

/** Where a thing has, or would have, its row. */
export interface Spot {
  readonly location: LiveLocation;
  /** Id of the entry of the folder it lies in. */
  readonly folder: number;
  readonly name: string;
}

/** What holds for all that lies in a folder. */
interface Within {
  readonly location: LiveLocation;
  readonly folder: number;
  rules?: FolderRules;
}

export interface IndexPathsParts {
  readonly db: ReadConnection;
  readonly files: ReadFiles;
  readonly deviceId: Uint8Array;
  readonly dataFolder: string | undefined;
  isThere(location: LiveLocation): boolean;
}

/** Finds what paths are in the index, as the locations and their rules are when this is made: for one batch of changes. */
export class IndexPaths {
  readonly #parts: IndexPathsParts;
  readonly #places: Places;
  readonly #there = new Map<LiveLocation, boolean>();
  readonly #rules = new Map<LiveLocation, CompiledRules>();
  readonly #folders = new Map<string, number>();
  /** By the path of a folder that things lie in, each of which would else be looked for from the top. */
  readonly #within = new Map<string, Within>();
  readonly #mounts = new Map<number, boolean>();
  /** Known folders above some that the index ought to have and has not: it is behind there. */
  readonly behind = new Set<number>();

  constructor(parts: IndexPathsParts) {
    this.#parts = parts;
    this.#places = new Places(parts.db, parts.deviceId);
  }

  get locations(): readonly LiveLocation[] {
    return this.#places.locations;
  }

  /** The location a path lies in, if that is there now. */
  locationOf(path: string): LiveLocation | undefined {
    return this.#places.locations.find((location) => isWithin(path, location.path) && this.#isThere(location));
  }

  /** Native path of a folder; `undefined` where it has none any more. */
  pathOf(folder: number): string | undefined {
    return this.#places.of(folder)?.path;
  }

  /** Where a thing of that type at that path belongs; `undefined`: in no index, whatever the reason. */
  spot(path: string, type: number): Spot | undefined {
    const parent = parentOf(path);
    const within = parent === undefined ? undefined : this.#in(parent);
    if (!within || parent === undefined || this.#isNotWalked(within.folder, within.location)) return undefined;
    const { location, folder } = within;
    const rules = this.#rulesOf(location);
    const name = basenameOf(path);
    within.rules ??= rules.at(parent);
    return rules.leaveOut(name, type, within.rules) === undefined ? { location, folder, name } : undefined;
  }

  /** Where a row for that path would be, whatever the rules say of it. */
  place(path: string): Spot | undefined {
    const parent = parentOf(path);
    const within = parent === undefined ? undefined : this.#in(parent);
    return within && { location: within.location, folder: within.folder, name: basenameOf(path) };
  }

  #in(path: string): Within | undefined {
    const known = this.#within.get(path);
    if (known) return known;
    const location = this.locationOf(path);
    const folder = location && this.folder(path, location);
    if (!location || folder === undefined) return undefined;
    const within: Within = { location, folder };
    this.#within.set(path, within);
    return within;
  }

  /** The id of an indexed folder. */
  folder(path: string, location = this.locationOf(path)): number | undefined {
    if (!location) return undefined;
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    let at = location.root;
    let walked = location.path;
    for (const name of namesBelow(location.path, path) ?? []) {
      walked = joinNative(walked, name);
      const below = this.#folders.get(walked) ?? this.#child(at, name);
      if (below === undefined) {
        this.behind.add(at);
        return undefined;
      }
      this.#folders.set(walked, below);
      at = below;
    }
    return at;
  }

  /** Folders came, went or were moved in this batch. */
  foldersChanged(): void {
    this.#folders.clear();
    this.#within.clear();
  }

  /** Whether what the rules say of a thing depends on more than its name. */
  rulesLookAround({ rules }: LiveLocation): boolean {
    const byPath = (glob: string): boolean => glob.includes('/');
    return rules.gitignore || rules.include.some(byPath) || rules.exclude.some(byPath);
  }

  #child(folder: number, name: string): number | undefined {
    return this.#parts.db
      .prepare<{ id: number }>(`SELECT id FROM entries WHERE parent_id = ? AND name = ? AND type = ${FOLDER}`)
      .get(folder, storedName(name))?.id;
  }

  /** Another file system is mounted there, and the location does not go into it. */
  #isNotWalked(folder: number, location: LiveLocation): boolean {
    if (folder === location.root || location.rules.cross_mounts) return false;
    const known = this.#mounts.get(folder);
    if (known !== undefined) return known;
    const is = this.#parts.db.prepare('SELECT 1 FROM entries WHERE id = ? AND links = 1').get(folder) !== undefined;
    this.#mounts.set(folder, is);
    return is;
  }

  #isThere(location: LiveLocation): boolean {
    const known = this.#there.get(location);
    if (known !== undefined) return known;
    const is = this.#parts.isThere(location);
    this.#there.set(location, is);
    return is;
  }

  #rulesOf(location: LiveLocation): CompiledRules {
    let rules = this.#rules.get(location);
    if (!rules) {
      rules = compileRules(location.rules, location.path, this.#parts.files, this.#parts.dataFolder);
      this.#rules.set(location, rules);
    }
    return rules;
  }
}
