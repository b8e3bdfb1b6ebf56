import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type TestContext, test } from 'node:test';
import { nodeHashing } from '@sd/platform-node/hashing.ts';
import { toHex } from '../src/domain/ids.ts';
import type { JobInfo } from '../src/jobs/job-manager.ts';
import { jobBench } from '../src/testing/job-fixture.ts';
import { jobEnd, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

const CHILD = fileURLToPath(new URL('jobs-child.ts', import.meta.url));
const ITEMS = 400;

/** Runs the child; ends it with `signal` once it has said `lines` lines, or lets it end. */
function live(
  folder: string,
  signal: NodeJS.Signals,
  lines: number,
): Promise<{ ended: JobInfo | undefined; code: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, folder, String(ITEMS)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    let asked = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (!asked && said.split('\n').length > lines) {
        asked = true;
        child.kill(signal);
      }
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const ended = /^ended (.*)$/m.exec(said)?.[1];
      resolve({
        ended: ended === undefined ? undefined : (JSON.parse(ended) as JobInfo),
        code,
      });
    });
  });
}

function folderOf(context: TestContext): string {
  const bench = jobBench();
  context.after(() => bench.remove());
  return bench.folder;
}
const itemsDone = (folder: string): number[] =>
  readFileSync(`${folder}/done.txt`, 'utf8').trim().split('\n').map(Number);

test('a process killed with -9 again and again loses no item and repeats at most the one it was at', async (context) => {
  const folder = folderOf(context);
  const kills = 6;
  for (let kill = 0; kill < kills; kill++) await live(folder, 'SIGKILL', 1 + Math.floor(Math.random() * 40));
  const { ended } = await live(folder, 'SIGKILL', Infinity);
  assert.equal(ended?.state, 'completed');
  const done = itemsDone(folder);
  assert.deepEqual(
    [...new Set(done)],
    Array.from({ length: ITEMS }, (_, item) => item),
  );
  assert.ok(done.length <= ITEMS + kills, `${done.length} items done with ${kills} kills`);
});

test('SIGTERM stops at a checkpoint: nothing is repeated at all', async (context) => {
  const folder = folderOf(context);
  for (let stop = 0; stop < 3; stop++) {
    const { code } = await live(folder, 'SIGTERM', 50);
    assert.equal(code, 0);
  }
  await live(folder, 'SIGTERM', Infinity);
  assert.deepEqual(
    itemsDone(folder),
    Array.from({ length: ITEMS }, (_, item) => item),
  );
});

test('killed with -9 while it hashes, again and again, a verification ends with every hash right', async (context) => {
  const folder = temporaryFolder(context);
  const bytes = (pair: number): Buffer => Buffer.alloc(1_000_000 + pair, pair);
  for (let pair = 0; pair < 150; pair++)
    for (const copy of ['a', 'b']) writeFileSync(join(folder, `${copy}${pair}`), bytes(pair));
  const first = await openTestCore(context);
  await first.index(folder);
  await first.close();

  const child = fileURLToPath(new URL('verify-child.ts', import.meta.url));
  for (let kill = 0; kill < 5; kill++) await killedAfter(child, first.dataFolder, 2 + Math.floor(Math.random() * 4));

  const { client, core } = await openTestCore(context, { dataFolder: first.dataFolder });
  const { jobs } = await client.call('query:jobs.list', { kind: 'content.verify_duplicates' });
  assert.ok(jobs.length > 0);
  for (const job of jobs) assert.equal((await jobEnd(core, client, job.id)).state, 'completed');
  let cursor: string | undefined;
  const seen = new Set<number>();
  do {
    const page = await client.call('query:content.duplicates', {
      verified: true,
      limit: 50,
      ...(cursor ? { cursor } : {}),
    });
    for (const { size, full_hash, count } of page.groups) {
      seen.add(size);
      assert.deepEqual([full_hash, count], [toHex(nodeHashing().blake3(bytes(size - 1_000_000))), 2]);
    }
    cursor = page.next_cursor;
  } while (cursor);
  assert.equal(seen.size, 150);
  assert.ok((await client.call('query:libraries.verify', {})).ok);
});

/** Runs the child and kills it once it has said so many lines. */
function killedAfter(path: string, argument: string, lines: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path, argument], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.split('\n').length > lines || said.includes('completed')) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', () => resolve());
  });
}
