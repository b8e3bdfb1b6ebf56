import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type TestContext, test } from 'node:test';
import type { JobInfo } from '../src/jobs/job-manager.ts';
import { jobBench } from '../src/testing/job-fixture.ts';

const CHILD = fileURLToPath(new URL('jobs-child.ts', import.meta.url));
const ITEMS = 400;

/** Runs the child; ends it with `signal` once it has said `lines` lines, or lets it end. */
function live(
  folder: string,
  signal: NodeJS.Signals,
  lines: number,
): Promise<{ ended: JobInfo | undefined; code: number | null; tookMs: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, folder, String(ITEMS)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    let asked = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (asked === 0 && said.split('\n').length > lines) {
        asked = performance.now();
        child.kill(signal);
      }
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const ended = /^ended (.*)$/m.exec(said)?.[1];
      resolve({
        ended: ended === undefined ? undefined : (JSON.parse(ended) as JobInfo),
        code,
        tookMs: performance.now() - asked,
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
  const kills = 12;
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
    const { code, tookMs } = await live(folder, 'SIGTERM', 50);
    assert.equal(code, 0);
    assert.ok(tookMs < 4_000, `${tookMs} ms`);
  }
  await live(folder, 'SIGTERM', Infinity);
  assert.deepEqual(
    itemsDone(folder),
    Array.from({ length: ITEMS }, (_, item) => item),
  );
});
