import { type FileColumns, fileColumns } from '../db/library/file-columns.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { FolderPlaces } from './folder-places.ts';

/** On more keepers than one. */
const SEVERAL = -2;
const NONE = -1;
const AT_FIRST = 1024;
/** A byte counts no further. */
const MOST = 255;
const HIDDEN = 1;
export const SHOWN = 2;

/** Which files are passed over where they are shown or looked for, although each is a copy like others. */
export type IsHidden = (entry: number, folder: number) => boolean;

interface Looking {
  /** The folders that somebody looks at; all where it is absent. */
  readonly below: ReadonlySet<number> | undefined;
  readonly isHidden: IsHidden;
}

/** What is known of every content there is a file of, by its id. */
export class CopyCounts {
  /** Files on disk, hard links once; up to 255. */
  copies = new Uint8Array(AT_FIRST);
  /** Of them, those with a name that is not hidden. */
  shown = new Uint8Array(AT_FIRST);
  /** Place of the one keeper all of them lie on. */
  #keeper = new Int16Array(AT_FIRST).fill(NONE);
  /** Its first file that is not hidden; of one without, 0. */
  entry = new Float64Array(AT_FIRST);
  /** Whether a file of it lies where somebody looks: `SHOWN`, or `HIDDEN` where those that do are hidden; else 0. */
  inside = new Uint8Array(AT_FIRST);
  size = new Float64Array(AT_FIRST);
  kind = new Uint8Array(AT_FIRST);
  readonly #linked = new Set<string>();
  readonly #linkedShown = new Set<string>();
  readonly #looking: Looking;

  constructor(looking: Looking) {
    this.#looking = looking;
  }

  /** The keeper that alone has the content; `undefined` where several do, or none. */
  onlyKeeper(content: number): number | undefined {
    const keeper = this.#keeper[content] ?? NONE;
    return keeper >= 0 ? keeper : undefined;
  }

  add({ ids, parents, contents, sizes, kinds, inodes }: FileColumns, places: FolderPlaces): void {
    const { below, isHidden } = this.#looking;
    for (let at = 0; at < ids.length; at++) {
      const content = contents[at] ?? 0;
      const parent = parents[at] ?? 0;
      const keeper = places.of.get(parent);
      if (keeper === undefined) continue;
      const inode = inodes[at] ?? 0;
      this.#makeRoom(content);
      const file = inode === 0 ? undefined : `${keeper} ${inode} ${content}`;
      const id = ids[at] ?? 0;
      const isInside = below?.has(parent) !== false;
      if (isHidden(id, parent)) {
        if (isInside && this.inside[content] !== SHOWN) this.inside[content] = HIDDEN;
      } else {
        if (isInside) this.inside[content] = SHOWN;
        const shown = this.shown[content] ?? 0;
        if (shown === 0) this.entry[content] = id;
        if (shown < MOST && isFirstName(file, this.#linkedShown)) this.shown[content] = shown + 1;
      }
      if (!isFirstName(file, this.#linked)) continue;
      const copies = this.copies[content] ?? 0;
      if (copies === 0) {
        this.size[content] = sizes[at] ?? 0;
        this.kind[content] = kinds[at] ?? 0;
        this.#keeper[content] = keeper;
      } else if (this.#keeper[content] !== keeper) this.#keeper[content] = SEVERAL;
      if (copies < MOST) this.copies[content] = copies + 1;
    }
  }

  #makeRoom(content: number): void {
    if (content < this.copies.length) return;
    const length = Math.max(content + 1, this.copies.length * 2);
    this.copies = grown(this.copies, new Uint8Array(length));
    this.shown = grown(this.shown, new Uint8Array(length));
    this.#keeper = grown(this.#keeper, new Int16Array(length).fill(NONE));
    this.entry = grown(this.entry, new Float64Array(length));
    this.inside = grown(this.inside, new Uint8Array(length));
    this.size = grown(this.size, new Float64Array(length));
    this.kind = grown(this.kind, new Uint8Array(length));
  }
}

/** `undefined`: a file with one name. */
function isFirstName(file: string | undefined, known: Set<string>): boolean {
  if (file === undefined) return true;
  if (known.has(file)) return false;
  known.add(file);
  return true;
}

function grown<A extends { set(from: A): void }>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** Goes through all files once. Copies count wherever they are, also on disks that are away. */
export function countCopies(
  db: ReadConnection,
  places: FolderPlaces,
  { minSize, check, ...looking }: Looking & { readonly minSize: number; readonly check: () => void },
): CopyCounts {
  const counts = new CopyCounts(looking);
  for (const columns of fileColumns(db, minSize)) {
    check();
    counts.add(columns, places);
  }
  return counts;
}
