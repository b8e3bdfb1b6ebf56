/**
 * Kills a core with -9 while it indexes, again and again, and looks each time whether the library opens, is clean, and a
 * scan ends as a first one would: `npm run soak:index --workspace e2e -- 200`.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { SeenIds, checkAfterKill, liveAndDie } from '@sd/core/testing/kill-bench.ts';

const kills = Number(process.argv[2] ?? 200);
/** Long enough for some whole scans, short enough that most kills meet one at work. */
const LONGEST_LIFE_MS = 2_000;

const folder = mkdtempSync(`${tmpdir()}/sd-soak-`);
const [data, tree] = [`${folder}/data`, `${folder}/tree`];
for (const path of [data, tree]) mkdirSync(path);
const seen = new SeenIds();
for (let kill = 1; kill <= kills; kill++) {
  await liveAndDie(data, tree, kill, Math.random() * LONGEST_LIFE_MS);
  const fresh = `${folder}/fresh`;
  mkdirSync(fresh);
  await checkAfterKill(data, fresh, tree, seen);
  rmSync(fresh, { recursive: true });
  process.stdout.write(`${kill} of ${kills}: clean, ${seen.size} entries seen\n`);
}
rmSync(folder, { recursive: true });
