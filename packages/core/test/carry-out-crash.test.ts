import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { TEMPORARY_PREFIX } from '../src/domain/temporary-name.ts';
import { treeOf, writeTree } from '../src/testing/file-world.ts';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { runAndDie } from './run-and-die.ts';

const ROUNDS = Number(process.env['SD_FUZZ'] ?? 1);

function bigTree(folder: string): void {
  const files: Record<string, string> = {};
  for (let at = 0; at < 2_500; at++)
    files[`from/${at % 50}/${at % 7}/file ${at}.txt`] = `bytes of ${at}`.repeat(at % 9);
  writeTree(folder, files);
  writeFileSync(`${folder}/from/large.bin`, Buffer.alloc(48 * 2 ** 20, 7));
  for (const name of readdirSync(`${folder}/from`)) utimesSync(`${folder}/from/${name}`, 1_000_000, 1_000_000);
}

/** Nothing half made has a name that people see, at any moment; then it goes on, and ends as if nobody had disturbed it. */
async function killedAgainAndAgain(
  context: TestContext,
  { method, input, folder, target }: { method: string; input: object; folder: string; target: string },
): Promise<void> {
  const dataFolder = temporaryFolder(context);
  const before = treeOf(`${folder}/from`);
  const first = await openTestCore(context, { dataFolder, watching: { limit: 0 } });
  await first.index(folder, { mode: 'content' });
  await first.close();
  await runAndDie(Math.random() * 500, dataFolder, { method, input });
  for (let kill = 0; kill < 4; kill++) {
    for (const [name, bytes] of Object.entries(wholeOnly(target)))
      if (bytes !== null) assert.equal(bytes, before[name], `${name} is whole`);
    await runAndDie(Math.random() * 400, dataFolder);
  }
  const last = await openTestCore(context, { dataFolder, watching: { limit: 0 } });
  const { jobs } = await last.client.call('query:jobs.list', { kind: 'entries.carry_out' });
  assert.equal(jobs.length, 1);
  for (const job of jobs) {
    const done = await last.completed(job);
    assert.equal((done.result as { failed: number }).failed, 0, JSON.stringify(done.problems));
  }
  assert.deepEqual(treeOf(target), before);
  assert.equal(lstatSync(`${target}/large.bin`).mtimeMs, 1_000_000_000);
  assert.deepEqual(temporaries(folder), []);
  const { locations } = await last.client.call('query:locations.list', {});
  const scan = await last.rescan(locations[0]?.id ?? '', { full: true });
  const { added, modified, moved, removed } = scan.result as Record<string, number>;
  assert.deepEqual({ added, modified, moved, removed }, { added: 0, modified: 0, moved: 0, removed: 0 });
  await last.close();
}

function temporaries(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes(TEMPORARY_PREFIX));
}

/** What of it people see. */
function wholeOnly(folder: string): Record<string, string | null> {
  try {
    return Object.fromEntries(Object.entries(treeOf(folder)).filter(([name]) => !name.includes(TEMPORARY_PREFIX)));
  } catch {
    return {};
  }
}

for (let round = 0; round < ROUNDS; round++) {
  test(`killed with -9 again and again, a copy ends with every byte and nothing else (${round})`, async (context) => {
    const folder = temporaryFolder(context);
    bigTree(folder);
    mkdirSync(`${folder}/to`);
    const input = { sources: [`${folder}/from`], to: `${folder}/to` };
    await killedAgainAndAgain(context, { method: 'action:entries.copy', input, folder, target: `${folder}/to/from` });
    assert.deepEqual(treeOf(`${folder}/to/from`), treeOf(`${folder}/from`));
    assert.deepEqual(readdirSync(`${folder}/to`), ['from'], 'nothing under a temporary name');
  });
}

test('a move to another file system loses nothing, however often it is killed', async (context) => {
  const folder = temporaryFolder(context);
  const other = mkdtempSync('/dev/shm/sd-other-');
  context.after(() => rmSync(other, { recursive: true, force: true }));
  if (lstatSync(other).dev === lstatSync(folder).dev) return context.skip('there is one file system only');
  bigTree(folder);
  const input = { sources: [`${folder}/from`], to: other };
  await killedAgainAndAgain(context, { method: 'action:entries.move', input, folder, target: `${other}/from` });
  assert.deepEqual(treeOf(folder), {});
});
