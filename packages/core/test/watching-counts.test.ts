import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ScanResult } from '../src/domain/scan.ts';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

test('a scan that is asked for tells what the watcher has just brought in, also where the library was opened anew since', async (t) => {
  const folder = temporaryFolder(t);
  const [dataFolder, place] = [`${folder}/data`, `${folder}/place`];
  for (const path of [dataFolder, place]) mkdirSync(path);
  writeFileSync(`${place}/first`, '');
  const bench = await openTestCore(t, { dataFolder });
  const { location } = await bench.index(place, { mode: 'shallow' });
  const library = bench.core.status().libraries[0]?.id ?? '';
  const bring = async (name: string): Promise<void> => {
    writeFileSync(`${place}/${name}`, '');
    await bench.core.watched(library);
  };
  await bench.core.watched(library);
  await bring('second');
  await bring('third');
  const { since, added } = (await bench.rescan(location.id)).result as ScanResult;
  assert.deepEqual([since?.added, added], [2, 0]);

  await bring('fourth');
  await bench.close();
  const again = await openTestCore(t, { dataFolder });
  const later = (await again.rescan(location.id)).result as ScanResult;
  assert.equal(later.since?.added, 1);
});
