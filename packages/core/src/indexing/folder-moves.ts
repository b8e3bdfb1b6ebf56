import { FOLDER } from '../domain/entry.ts';
import { joinNative } from '../domain/native-path.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { KnownChildren } from './known-children.ts';

/** How many children are compared to tell a moved folder from a new one that was given a used inode number. */
const CHILDREN_COMPARED = 20;
/** Deeper than any file system goes. */
const DEEPEST = 10_000;

/**
 * Finds out that a folder new at its path is one the index knows from another: same inode, no folder at the old path any
 * more, and the same inside. Its id, and with it everything known of it and below it, stays.
 */
export class FolderMoves {
  readonly #files: ReadFiles;
  readonly #known: KnownChildren;
  /** Paths of the locations where what is moved may have come from, by their root entries. */
  readonly #roots: ReadonlyMap<number, string>;
  readonly #claimed = new Set<number>();

  /** `roots`: the locations of the library that are there now, on the same disk; what is of another is not looked for. */
  constructor(files: ReadFiles, known: KnownChildren, roots: readonly { id: number; path: string }[]) {
    this.#files = files;
    this.#known = known;
    this.#roots = new Map(roots.map(({ id, path }) => [id, path]));
  }

  /** The id of the folder that now lies at `path`, if it lay elsewhere before. */
  find(path: string, inode: number, mtime: number): number | undefined {
    for (const { id } of this.#known.foldersOfInode(inode)) {
      if (this.#claimed.has(id) || !this.#lostItsPlace(id) || !this.#sameInside(id, path, mtime)) continue;
      this.#claimed.add(id);
      return id;
    }
    return undefined;
  }

  /** What was found is in the index by now: from here on it tells by itself where things are. */
  forget(): void {
    this.#claimed.clear();
  }

  /** Whether no folder stands where the index has it, or something else has taken its name already. */
  #lostItsPlace(id: number): boolean {
    if (this.#known.isDisplaced(id)) return true;
    const before = this.#pathOf(id);
    return before !== undefined && !this.#isFolder(before);
  }

  /** Where the index has it, if that is in a location that is there. */
  #pathOf(id: number): string | undefined {
    const names: string[] = [];
    for (let at = id, depth = 0; depth < DEEPEST; depth++) {
      const root = this.#roots.get(at);
      if (root !== undefined) return names.reduceRight((path, name) => joinNative(path, name), root);
      const row = this.#known.parent(at);
      if (!row || row.parent_id === null) return undefined;
      names.push(row.name);
      at = row.parent_id;
    }
    return undefined;
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
    const children = this.#known.some(id, CHILDREN_COMPARED);
    // What is unpacked brings its times along: the same time alone says nothing, where there is more to compare.
    if (children.length === 0) return this.#known.mtime(id) === mtime;
    return children.some((child) => {
      try {
        return this.#files.facts(joinNative(path, child.name))?.inode === child.inode;
      } catch {
        // Not being able to look inside is not knowing that it is another.
        return this.#known.mtime(id) === mtime;
      }
    });
  }
}
