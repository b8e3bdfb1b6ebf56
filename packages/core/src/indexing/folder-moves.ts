import { FOLDER } from '../domain/entry.ts';
import { joinNative } from '../domain/native-path.ts';
import type { ReadFiles } from '../platform.ts';
import type { KnownChildren } from './known-children.ts';

/** How many children are compared to tell a moved folder from a new one that was given a used inode number. */
const CHILDREN_COMPARED = 20;

/**
 * Finds out that a folder new at its path is one the index knows from another: same inode, no folder at the old path any
 * more, and the same inside. Its id, and with it everything known of it and below it, stays.
 */
export class FolderMoves {
  readonly #files: ReadFiles;
  readonly #known: KnownChildren;
  readonly #rootId: number;
  readonly #rootPath: string;
  readonly #claimed = new Set<number>();

  constructor(files: ReadFiles, known: KnownChildren, root: { id: number; path: string }) {
    this.#files = files;
    this.#known = known;
    this.#rootId = root.id;
    this.#rootPath = root.path;
  }

  /** The id of the folder that now lies at `path`, if it lay elsewhere in this location before. */
  find(path: string, inode: number, mtime: number): number | undefined {
    for (const { id } of this.#known.foldersOfInode(inode)) {
      if (this.#claimed.has(id) || !this.#lostItsPlace(id) || !this.#sameInside(id, path, mtime)) continue;
      this.#claimed.add(id);
      return id;
    }
    return undefined;
  }

  /** Whether no folder stands where the index has it in this location, or something else has taken its name already. */
  #lostItsPlace(id: number): boolean {
    if (this.#known.isDisplaced(id)) return true;
    const before = this.#pathOf(id);
    return before !== undefined && !this.#isFolder(before);
  }

  /** Where the index has it, if that is in this location. */
  #pathOf(id: number): string | undefined {
    const names: string[] = [];
    let at = id;
    for (let depth = 0; at !== this.#rootId; depth++) {
      const row = this.#known.parent(at);
      if (!row || row.parent_id === null || depth > 10_000) return undefined;
      names.push(row.name);
      at = row.parent_id;
    }
    return names.reduceRight((path, name) => joinNative(path, name), this.#rootPath);
  }

  #isFolder(path: string): boolean {
    try {
      // A symbolic link left where a folder above it was leads to what was moved: nothing stands at the path itself.
      return this.#files.facts(path)?.type === FOLDER && this.#files.realPath(path) === path;
    } catch {
      // Not being able to look is not knowing that it is gone.
      return true;
    }
  }

  #sameInside(id: number, path: string, mtime: number): boolean {
    if (this.#known.mtime(id) === mtime) return true;
    return this.#known.some(id, CHILDREN_COMPARED).some((child) => {
      try {
        return this.#files.facts(joinNative(path, child.name))?.inode === child.inode;
      } catch {
        return false;
      }
    });
  }
}
