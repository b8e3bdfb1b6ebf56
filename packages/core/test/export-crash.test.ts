import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

const CHILD = fileURLToPath(new URL('export-child.ts', import.meta.url));
const FOLDERS = 60;
const FILES = 400;

/** Runs the child, and kills it once it has said so many lines. */
function exportAndDie(lines: number, ...args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.split('\n').length > lines) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (code, signal) =>
      signal === 'SIGKILL' ? resolve() : reject(new Error(`it ended by itself: ${code}`)),
    );
  });
}

test('killed with -9 again and again, an export ends with the bytes of one that nobody disturbed', async (context) => {
  const [tree, out, dataFolder] = [temporaryFolder(context), temporaryFolder(context), temporaryFolder(context)];
  for (let folder = 0; folder < FOLDERS; folder++) {
    mkdirSync(`${tree}/${folder}`);
    for (let file = 0; file < FILES; file++) writeFileSync(`${tree}/${folder}/${file}.txt`, '');
  }
  const first = await openTestCore(context, { dataFolder });
  await first.index(tree, { mode: 'shallow' });
  const calm = await first.client.call('action:library.export', { format: 'csv', path: `${out}/calm.csv` });
  await first.completed(calm.result.job);
  await first.close();

  await exportAndDie(1 + Math.random() * 30, dataFolder, `${out}/killed.csv`);
  for (let kill = 0; kill < 4; kill++) await exportAndDie(1 + Math.random() * 40, dataFolder);

  const last = await openTestCore(context, { dataFolder });
  const { jobs } = await last.client.call('query:jobs.list', { kind: 'library.export' });
  assert.equal(jobs.length, 2);
  for (const job of jobs) await last.completed(job);
  assert.deepEqual(readFileSync(`${out}/killed.csv`), readFileSync(`${out}/calm.csv`));
  assert.deepEqual(readdirSync(out).sort(), ['calm.csv', 'killed.csv']);
});
