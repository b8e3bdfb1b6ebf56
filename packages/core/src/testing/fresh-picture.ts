import { mkdirSync } from 'node:fs';
import type { LocationMode, LocationRules } from '../domain/location.ts';
import { type EntryPicture, indexPicture } from './index-picture.ts';
import { ScanBench } from './scan-bench.ts';

let fresh = 0;

/** What a first scan of the folder finds. */
export async function freshPicture(
  place: string,
  root: string,
  mode: LocationMode,
  rules: Partial<LocationRules> = {},
): Promise<Map<string, EntryPicture>> {
  const folder = `${place}/fresh-${++fresh}`;
  mkdirSync(folder);
  const bench = new ScanBench(folder);
  try {
    const location = await bench.add(root, mode, rules);
    await bench.scan(location);
    return indexPicture(bench.library.db, bench.location(location).root_entry_id).entries;
  } finally {
    await bench.close();
  }
}
