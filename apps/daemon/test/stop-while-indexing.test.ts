import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Client } from '@sd/client/client.ts';
import type { Methods } from '@sd/client/methods.ts';
import { DaemonProcess, temporaryFolder } from './daemon-process.ts';

const FOLDERS = 100;
const FILES = 200;

function makeTree(root: string): void {
  for (let i = 0; i < FOLDERS; i++) {
    const folder = join(root, `folder ${i}`);
    mkdirSync(folder);
    for (let j = 0; j < FILES; j++) writeFileSync(join(folder, `file ${j}.txt`), `${i} ${j}`);
  }
}

/** Resolves when the job of that id has ended. */
async function ended(client: Client, id: string): Promise<Methods['query:jobs.info']['result']> {
  let wake = (): void => {};
  const subscription = await client.subscribe({ resources: ['job'] }, () => wake());
  for (;;) {
    const changed = new Promise<void>((resolve) => (wake = resolve));
    const job = await client.call('query:jobs.info', { id });
    if (['completed', 'failed', 'cancelled'].includes(job.state)) {
      await subscription.end();
      return job;
    }
    await changed;
  }
}

test('SIGTERM in the middle of an index: out in time, and the next start finishes it', async (context) => {
  const tree = temporaryFolder(context);
  makeTree(tree);
  const first = await DaemonProcess.ready(context);
  const client = await first.client();
  await client.call('action:libraries.create', { name: 'Stories' });
  const progress = Promise.withResolvers<void>();
  await client.subscribe({ resources: ['job'] }, (event) => {
    if (event.change === 'progress') progress.resolve();
  });
  const { result } = await client.call('action:locations.add', { path: tree });
  await progress.promise;
  const { code } = await first.stop();
  assert.equal(code, 0, JSON.stringify(first.log.slice(-5)));

  const second = await DaemonProcess.ready(context, { dataFolder: first.dataFolder });
  const again = await second.client();
  const job = await ended(again, result.job.id);
  assert.equal(job.state, 'completed', JSON.stringify(job.error));
  const statistics = await again.call('query:library.statistics');
  assert.deepEqual([statistics.files, statistics.folders], [FOLDERS * FILES, FOLDERS]);
});
