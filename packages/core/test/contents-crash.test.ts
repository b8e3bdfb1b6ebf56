import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { jobEnd, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

const CHILD = fileURLToPath(new URL('contents-child.ts', import.meta.url));
const DOCUMENTS = 120;
/** More with SD_KILLS=50. */
const KILLS = Number(process.env['SD_KILLS'] ?? 3);

/** Runs the child; kills it once it has said so many lines. Answers whether it came to its end first. */
function live(dataFolder: string, folder: string, lines: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, dataFolder, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.split('\n').length > lines) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', () => resolve(said.includes('ended')));
  });
}

test('killed with -9 while texts are put in, every document is found once all is read', async (context) => {
  const folder = join(temporaryFolder(context), 'Documents');
  const dataFolder = temporaryFolder(context);
  mkdirSync(folder);
  for (let at = 0; at < DOCUMENTS; at++)
    writeFileSync(join(folder, `${at}.txt`), `common words and number${at} ${'filler '.repeat(at)}`);
  for (let kill = 0; kill < KILLS; kill++) {
    if (await live(dataFolder, folder, 1 + Math.floor(Math.random() * 40))) break;
  }

  const core = await openTestCore(context, { dataFolder });
  const { jobs } = await core.client.call('query:jobs.list', { kind: 'sidecars.make' });
  for (const { id } of jobs) await jobEnd(core.core, core.client, id);
  const { locations } = await core.client.call('query:locations.list', {});
  if (locations.length === 0) await core.index(folder, { mode: 'deep' });
  const { result } = await core.client.call('action:sidecars.make', {});
  await core.completed(result.job);

  const count = async (text: string): Promise<number> => {
    const { total } = await core.client.call('query:search.files', { text, in: 'contents', sort: 'name' });
    return total.count;
  };
  assert.equal(await count('common words'), DOCUMENTS);
  for (const at of [0, 1, 50, DOCUMENTS - 1]) assert.equal(await count(`number${at} filler `), at === 0 ? 0 : 1);
  assert.match(
    core.core.status().services.find(({ name }) => name === 'contents index')?.detail ?? '',
    new RegExp(`idle, ${DOCUMENTS} documents`),
  );
});
