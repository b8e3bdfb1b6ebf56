import { EntryPlaces } from '../../db/library/entry-places.ts';
import type { PlanningParts } from './parts.ts';
import type { TargetFolder } from './target.ts';
import type { CopiedContent } from './tree-transfer.ts';

/** To look at all the copies there are of everything may take longer than a person waits for a plan. */
const LOOK_MS = 300;

/**
 * Files whose content some file on the target's file system has already, by the index. Nothing where the index does not
 * know that file system, or where the look would take long.
 */
export function alreadyThere(
  contents: ReadonlyMap<number, CopiedContent>,
  folder: TargetFolder,
  { db, disk, index, now, checkCancelled }: PlanningParts,
): { filesThere?: number; bytesThere?: number } {
  const there = new Set(
    index.locations
      .filter(({ row, path }) => {
        const device = row.volume_away === 0 ? row.root_device : null;
        return device !== null && disk.sameFileSystem({ path, device }, folder);
      })
      .map(({ row }) => row.id),
  );
  if (there.size === 0 || contents.size === 0) return {};
  const places = new EntryPlaces(db);
  const copies = db.prepare<{ parent_id: number | null }>('SELECT parent_id FROM entries WHERE content_id = ?');
  const until = now() + LOOK_MS;
  let [filesThere, bytesThere, seen] = [0, 0, 0];
  for (const [content, { files, bytes, here }] of contents) {
    if (++seen % 256 === 0) {
      checkCancelled();
      if (now() > until) return {};
    }
    // Those that are copied do not make it one that was there.
    let others = -here;
    for (const { parent_id } of copies.iterate(content)) {
      const place = parent_id === null ? undefined : places.of(parent_id);
      if (!place || !there.has(place.location.id) || ++others <= 0) continue;
      filesThere += files;
      bytesThere += bytes;
      break;
    }
  }
  return { filesThere, bytesThere };
}
