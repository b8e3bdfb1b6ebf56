import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { SeenIds, checkAfterKill, liveAndDie } from '../src/testing/kill-bench.ts';
import { temporaryFolder } from '../src/testing/open-test-core.ts';

/** More with SD_KILLS=50. */
const KILLS = Number(process.env['SD_KILLS'] ?? 4);

test('killed with -9 while it scans, the library is clean and a scan ends as a first one would', async (t) => {
  const folder = temporaryFolder(t);
  const [data, tree] = [`${folder}/data`, `${folder}/tree`];
  for (const path of [data, tree]) mkdirSync(path);
  const seen = new SeenIds();
  for (let kill = 1; kill <= KILLS; kill++) {
    await liveAndDie(data, tree, kill, Math.random() * 1_500);
    mkdirSync(`${folder}/fresh-${kill}`);
    await checkAfterKill(data, `${folder}/fresh-${kill}`, tree, seen);
  }
});
