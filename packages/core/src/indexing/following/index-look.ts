import { storedName } from '../../db/library/root-entry.ts';
import type { IndexLook, IndexLookParts } from '../../file-actions/verifying/index-look.ts';
import { presenceOf } from '../../locations/presence.ts';
import { IndexPaths } from './index-paths.ts';

/** See `IndexLook`. */
export function indexLook({ db, files, library }: IndexLookParts): IndexLook {
  const paths = new IndexPaths({
    db,
    files,
    deviceId: library.deviceId,
    dataFolder: library.dataFolder,
    isThere: (location) => presenceOf(location.row, files) === 'online',
  });
  return {
    at(path, type) {
      const spot = paths.spot(path, type);
      if (!spot) return { type: 'not indexed' };
      const row = db
        .prepare<{ size: number; mtime: number }>(
          'SELECT size, mtime FROM entries WHERE parent_id = ? AND name = ? AND type = ?',
        )
        .get(spot.folder, storedName(spot.name), type);
      return row ? { type: 'row', ...row } : { type: 'no row' };
    },
  };
}
