import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadSharp } from '@sd/platform-node/media/sharp.ts';
import { MAKERS } from '../src/domain/sidecar.ts';
import type { JobInfo } from '../src/jobs/job-manager.ts';
import { type TestCore, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

/** A picture of one colour, told apart by it. */
async function picture(color: string, width = 300, height = 200): Promise<Buffer> {
  const sharp = await loadSharp();
  return sharp({ create: { width, height, channels: 3, background: color } })
    .jpeg()
    .toBuffer();
}

/** The next job of that kind to end. */
function nextEnd(core: TestCore, kind: string): Promise<JobInfo> {
  return new Promise((resolve) => {
    const stop = core.core.events.subscribe(({ resource, data }) => {
      const job = data?.['job'] as JobInfo | undefined;
      if (resource !== 'job' || job?.kind !== kind || job.ended_at === undefined) return;
      stop();
      resolve(job);
    });
  });
}

async function bench(context: TestContext): Promise<{ core: TestCore; folder: string }> {
  return { core: await openTestCore(context), folder: temporaryFolder(context) };
}

test('a deep location gets facts, thumbnails and texts by itself, once for all copies', async (context) => {
  const { core, folder } = await bench(context);
  writeFileSync(join(folder, 'red.jpg'), await picture('#f00'));
  writeFileSync(join(folder, 'copy.jpg'), await picture('#f00'));
  writeFileSync(join(folder, 'blue.jpg'), await picture('#00f'));
  writeFileSync(join(folder, 'notes.txt'), 'what a lovely day');
  const made = nextEnd(core, 'sidecars.make');
  await core.index(folder, { mode: 'deep' });
  const job = await made;
  assert.equal(job.state, 'completed', JSON.stringify(job.error));
  assert.partialDeepStrictEqual(job.result, { read: 3, failed: 0, unread: 0 });

  const again = nextEnd(core, 'sidecars.make');
  await core.client.call('action:locations.rescan', { location: folder });
  assert.partialDeepStrictEqual((await again).result, { read: 0, contents: 0 });
  assert.deepEqual(sidecarFiles(core), [
    `thumbnail_1024.${MAKERS.thumbnail_1024}.sealed`,
    `thumbnail_1024.${MAKERS.thumbnail_1024}.sealed`,
    `thumbnail_256.${MAKERS.thumbnail_256}.sealed`,
    `thumbnail_256.${MAKERS.thumbnail_256}.sealed`,
  ]);
});

/** The names of all sidecars on disk, sorted. */
function sidecarFiles(core: TestCore): string[] {
  const folder = join(core.dataFolder, 'libraries', 'Test.sdlibrary', 'sidecars');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}
