import { FILE, FOLDER, nameOfStored } from '../../domain/entry.ts';
import { extensionOf } from '../../domain/kinds.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';

export interface Sum {
  files: number;
  /** Hard links once. */
  bytes: number;
}

/** What the entries of the locations sum up to, without those that are left out. */
export interface FileTotals {
  /** Without the locations' own folders. */
  readonly entries: number;
  readonly folders: number;
  /** By code of the kind. */
  readonly kinds: ReadonlyMap<number, Sum>;
  /** Without the dot; the empty text is for names that have none. */
  readonly extensions: ReadonlyMap<string, Sum>;
  /** Ids of the largest files, largest first. */
  readonly largest: readonly number[];
  readonly leftOut: number;
  /** Of all entries, also those that are left out, how many have an id above `mark`. */
  readonly above: number;
}

interface Row {
  readonly id: number;
  readonly parent_id: number | null;
  readonly name: string | Uint8Array;
  readonly type: number;
  readonly kind: number;
  readonly size: number;
  readonly mtime: number;
  readonly inode: number;
  readonly links: number;
}

/** Past so many different extensions they are random ends of names, and none of them is among the first. */
const MOST_EXTENSIONS = 50_000;
const CHECK_EVERY = 4096;

const COLUMNS = 'e.id, e.parent_id, e.name, e.type, e.kind, e.size, e.mtime, e.inode, e.links';
const ALL = `SELECT ${COLUMNS} FROM entries e WHERE e.parent_id IS NOT NULL`;
const BELOW = `WITH RECURSIVE below (id) AS MATERIALIZED (
    SELECT value FROM json_each(?) UNION SELECT e.id FROM below CROSS JOIN entries e ON e.parent_id = below.id AND e.type = ${FOLDER})
  SELECT ${COLUMNS} FROM below CROSS JOIN entries e ON e.parent_id = below.id`;

/** One pass over all entries: SQLite sorts a million rows to group them, and this only counts. `roots` as of `liveRoots`. */
export function fileTotals(
  db: ReadConnection,
  roots: { ids: readonly number[]; complete: boolean },
  options: {
    largest: number;
    mark: number;
    check: () => void;
    isLeftOut?: ((id: number, folder: number | null) => boolean) | undefined;
  },
): FileTotals {
  const rows = roots.complete
    ? db.prepare<Row>(ALL).iterate()
    : db.prepare<Row>(BELOW).iterate(JSON.stringify(roots.ids));
  const kinds = new Map<number, Sum>();
  const extensions = new Map<string, Sum>();
  const largest = new Largest(options.largest);
  const linked = new Set<string>();
  let [all, leftOut, folders, above] = [0, 0, 0, 0];
  for (const row of rows) {
    if (++all % CHECK_EVERY === 0) options.check();
    if (row.id > options.mark) above++;
    if (options.isLeftOut?.(row.id, row.parent_id)) {
      leftOut++;
      continue;
    }
    if (row.type === FOLDER) folders++;
    if (row.type !== FILE) continue;
    const bytes = isFirstName(row, linked) ? row.size : 0;
    add(kinds, row.kind, bytes);
    const extension = extensionOf(nameOfStored(row.name));
    if (extensions.size < MOST_EXTENSIONS || extensions.has(extension)) add(extensions, extension, bytes);
    largest.offer(row.id, bytes);
  }
  return { entries: all - leftOut, folders, kinds, extensions, largest: largest.ids(), leftOut, above };
}

/** Names of one file share inode, size and time; inodes alone repeat from disk to disk. */
function isFirstName({ links, inode, size, mtime }: Row, seen: Set<string>): boolean {
  if (links !== 1) return true;
  const file = `${inode} ${size} ${mtime}`;
  if (seen.has(file)) return false;
  seen.add(file);
  return true;
}

function add<K>(sums: Map<K, Sum>, key: K, bytes: number): void {
  const sum = sums.get(key);
  if (sum) {
    sum.files++;
    sum.bytes += bytes;
  } else sums.set(key, { files: 1, bytes });
}

class Largest {
  readonly #count: number;
  #kept: { id: number; bytes: number }[] = [];
  #least = 0;

  constructor(count: number) {
    this.#count = count;
  }

  offer(id: number, bytes: number): void {
    if (bytes <= this.#least) return;
    this.#kept.push({ id, bytes });
    this.#kept.sort((a, b) => b.bytes - a.bytes || a.id - b.id);
    this.#kept.length = Math.min(this.#kept.length, this.#count);
    if (this.#kept.length === this.#count) this.#least = this.#kept.at(-1)?.bytes ?? 0;
  }

  ids(): number[] {
    return this.#kept.map(({ id }) => id);
  }
}
