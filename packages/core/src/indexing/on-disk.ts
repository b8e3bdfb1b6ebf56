import { joinNative } from '../domain/native-path.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { KnownChildren } from './known-children.ts';

/** Deeper than any file system goes. */
const DEEPEST = 10_000;

/** The path of an entry, as the index has it, below the root of its location; `undefined`: it has no place there. */
export function pathBelow(
  db: ReadConnection,
  root: { readonly id: number; readonly path: string },
  entry: number,
): string | undefined {
  const known = new KnownChildren(db);
  const names: string[] = [];
  for (let at = entry, depth = 0; depth < DEEPEST; depth++) {
    if (at === root.id) return names.reduceRight((path, name) => joinNative(path, name), root.path);
    const row = known.parent(at);
    if (!row || row.parent_id === null) return undefined;
    names.push(row.name);
    at = row.parent_id;
  }
  return undefined;
}

/** Whether something stands at the place of the entry; where that cannot be asked, nothing is known to. */
export function isOnDisk(
  db: ReadConnection,
  files: Pick<ReadFiles, 'facts'>,
  root: { readonly id: number; readonly path: string },
  entry: number,
): boolean {
  const path = pathBelow(db, root, entry);
  try {
    return path !== undefined && files.facts(path) !== undefined;
  } catch {
    return false;
  }
}
