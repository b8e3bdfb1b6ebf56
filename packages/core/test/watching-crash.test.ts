import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listLocations } from '../src/db/library/locations.ts';
import { uuidToText } from '../src/domain/ids.ts';
import { SeenIds, liveAndDie } from '../src/testing/kill-bench.ts';
import { openLibraries } from '../src/testing/library-fixture.ts';
import { temporaryFolder } from '../src/testing/open-test-core.ts';
import { freshPicture } from '../src/testing/fresh-picture.ts';
import { WatchBench } from '../src/testing/watch-bench.ts';

const CHILD = fileURLToPath(new URL('./watching-child.ts', import.meta.url));
const KILLS = Number(process.env['SD_KILLS'] ?? 3);

test('killed with -9 while it watches, the library is clean, and its start catches up with the disk', async (t) => {
  const folder = temporaryFolder(t);
  const [data, tree] = [`${folder}/data`, `${folder}/tree`];
  for (const path of [data, tree]) mkdirSync(path);
  const seen = new SeenIds();
  for (let kill = 1; kill <= KILLS; kill++) {
    await liveAndDie(data, tree, kill, Math.random() * 1_200, CHILD);
    const { libraries } = await openLibraries(data);
    const [listed] = libraries.list();
    assert.equal(listed?.state, 'open');
    const library = libraries.open(listed.id);
    const place = `${folder}/${kill}`;
    mkdirSync(place);
    const bench = new WatchBench(place, { library, real: true });
    try {
      assert.deepEqual(bench.scans.problems(), []);
      seen.look(library);
      bench.start();
      await bench.settled();
      assert.deepEqual(bench.warnings, []);
      assert.deepEqual(bench.scans.problems(), []);
      seen.look(library);
      for (const row of listLocations(library.db)) {
        const path = String(row.path);
        assert.deepEqual(bench.picture(uuidToText(row.uuid)).entries, await freshPicture(place, path, 'content'));
      }
    } finally {
      await bench.stop();
      await libraries.stop();
    }
  }
});
