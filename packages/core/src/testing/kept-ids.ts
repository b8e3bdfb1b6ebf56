import assert from 'node:assert/strict';
import { FILE, FOLDER } from '../domain/entry.ts';
import type { EntryPicture } from './index-picture.ts';

export interface Picture {
  readonly entries: ReadonlyMap<string, EntryPicture>;
  readonly ids: ReadonlyMap<string, number>;
}

/** What lies elsewhere now, and whose name nothing of its type has taken, is the entry it was. */
export function keptIds(before: Picture, after: Picture): void {
  const now = Map.groupBy(
    [...after.entries].filter(([path]) => path !== ''),
    ([, { type, inode }]) => `${type} ${inode}`,
  );
  const names = Map.groupBy([...before.entries], ([, { type, inode }]) => `${type} ${inode}`);
  for (const [path, was] of before.entries) {
    const key = `${was.type} ${was.inode}`;
    const [found, ...more] = now.get(key) ?? [];
    if (path === '' || !found || more.length > 0 || (names.get(key)?.length ?? 0) > 1) continue;
    const [newPath, is] = found;
    if (
      newPath !== path &&
      (after.entries.get(path)?.type === was.type || before.entries.get(newPath)?.type === was.type)
    )
      continue;
    if (newPath !== path && was.type === FILE && (is.size !== was.size || is.mtime !== was.mtime)) continue;
    if (newPath !== path && was.type === FOLDER && is.mtime !== was.mtime && !sharesChild(before, path, after, newPath))
      continue;
    if (newPath !== path && was.type !== FILE && was.type !== FOLDER) continue;
    assert.equal(
      after.ids.get(newPath),
      before.ids.get(path),
      `${JSON.stringify(path)} is ${JSON.stringify(newPath)} now`,
    );
  }
}

function sharesChild(before: Picture, path: string, after: Picture, newPath: string): boolean {
  for (const [child, { inode }] of before.entries) {
    if (
      child.startsWith(`${path}/`) &&
      !child.includes('/', path.length + 1) &&
      after.entries.get(newPath + child.slice(path.length))?.inode === inode
    )
      return true;
  }
  return false;
}
