import { FOLDER } from '../domain/entry.ts';
import { joinNative } from '../domain/native-path.ts';
import { newListing } from '../folder-listing.ts';
import type { CompiledRules } from '../indexing/rules/compile.ts';
import type { ReadFiles } from '../ports/files.ts';

/** Counts what a scan would index below folders that the index does not have. */
export class UnindexedTree {
  readonly #files: ReadFiles;
  readonly #rules: CompiledRules;
  readonly #onlyDevice: number | undefined;
  readonly #stopped: () => boolean;
  readonly #listing = newListing(256);

  /** `onlyDevice`: the only file system that is walked; absent: all of them. */
  constructor(parts: {
    files: ReadFiles;
    rules: CompiledRules;
    onlyDevice: number | undefined;
    stopped: () => boolean;
  }) {
    this.#files = parts.files;
    this.#rules = parts.rules;
    this.#onlyDevice = parts.onlyDevice;
    this.#stopped = parts.stopped;
  }

  /** How many entries lie below the folder. `unreadable` is told of folders that cannot be listed. */
  count(folder: { path: string; device: number }, unreadable: (path: string, error: unknown) => void): number {
    if (this.#onlyDevice !== undefined && folder.device !== this.#onlyDevice) return 0;
    // The newest first: what is held is one path for each sibling on the way down, not a level of the tree.
    const left = [folder.path];
    let count = 0;
    for (let path = left.pop(); path !== undefined && !this.#stopped(); path = left.pop()) {
      const { names, types, devices } = this.#listing;
      try {
        const within = this.#rules.at(path);
        this.#files.listFolder(
          path,
          this.#listing,
          (name, type) => this.#rules.leaveOut(name, type, within) !== undefined,
        );
      } catch (error) {
        unreadable(path, error);
        continue;
      }
      count += names.length;
      for (const [at, name] of names.entries())
        if (types[at] === FOLDER && (this.#onlyDevice === undefined || devices[at] === this.#onlyDevice))
          left.push(joinNative(path, name));
    }
    return count;
  }
}
