import { type FileColumns, fileColumns } from '../db/library/file-columns.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { FolderPlaces } from './folder-places.ts';

/** On more keepers than one. */
const SEVERAL = -2;
const NONE = -1;
const AT_FIRST = 1024;

/** What is known of every content there is a file of, by its id. */
export class CopyCounts {
  /** Files on disk, hard links once; up to 255. */
  copies = new Uint8Array(AT_FIRST);
  /** Place of the one keeper all of them lie on. */
  #keeper = new Int16Array(AT_FIRST).fill(NONE);
  /** Its first file. */
  entry = new Float64Array(AT_FIRST);
  /** 1 where one of its files at least lies where somebody looks. */
  inside = new Uint8Array(AT_FIRST);
  size = new Float64Array(AT_FIRST);
  kind = new Uint8Array(AT_FIRST);
  readonly #linked = new Set<string>();
  readonly #below: ReadonlySet<number> | undefined;

  /** `below`: the folders that somebody looks at; all where it is absent. */
  constructor(below: ReadonlySet<number> | undefined) {
    this.#below = below;
  }

  /** The keeper that alone has the content; `undefined` where several do, or none. */
  onlyKeeper(content: number): number | undefined {
    const keeper = this.#keeper[content] ?? NONE;
    return keeper >= 0 ? keeper : undefined;
  }

  add({ ids, parents, contents, sizes, kinds, inodes }: FileColumns, places: FolderPlaces): void {
    for (let at = 0; at < ids.length; at++) {
      const content = contents[at] ?? 0;
      const parent = parents[at] ?? 0;
      const keeper = places.of.get(parent);
      if (keeper === undefined) continue;
      const inode = inodes[at] ?? 0;
      this.#makeRoom(content);
      if (this.#below?.has(parent) !== false) this.inside[content] = 1;
      if (inode !== 0 && this.#isKnownName(`${keeper} ${inode} ${content}`)) continue;
      const copies = this.copies[content] ?? 0;
      if (copies === 0) {
        this.entry[content] = ids[at] ?? 0;
        this.size[content] = sizes[at] ?? 0;
        this.kind[content] = kinds[at] ?? 0;
        this.#keeper[content] = keeper;
      } else if (this.#keeper[content] !== keeper) this.#keeper[content] = SEVERAL;
      if (copies < 255) this.copies[content] = copies + 1;
    }
  }

  #isKnownName(file: string): boolean {
    if (this.#linked.has(file)) return true;
    this.#linked.add(file);
    return false;
  }

  #makeRoom(content: number): void {
    if (content < this.copies.length) return;
    const length = Math.max(content + 1, this.copies.length * 2);
    this.copies = grown(this.copies, new Uint8Array(length));
    this.#keeper = grown(this.#keeper, new Int16Array(length).fill(NONE));
    this.entry = grown(this.entry, new Float64Array(length));
    this.inside = grown(this.inside, new Uint8Array(length));
    this.size = grown(this.size, new Float64Array(length));
    this.kind = grown(this.kind, new Uint8Array(length));
  }
}

function grown<A extends { set(from: A): void }>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** Goes through all files once. Copies count wherever they are, also on disks that are away. */
export function countCopies(
  db: ReadConnection,
  places: FolderPlaces,
  {
    minSize,
    below,
    check,
  }: { readonly minSize: number; readonly below: ReadonlySet<number> | undefined; readonly check: () => void },
): CopyCounts {
  const counts = new CopyCounts(below);
  for (const columns of fileColumns(db, minSize)) {
    check();
    counts.add(columns, places);
  }
  return counts;
}
