import assert from 'node:assert/strict';
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadSharp } from '@sd/platform-node/media/sharp.ts';
import { MAKERS } from '../src/domain/sidecar.ts';
import type { JobInfo } from '../src/jobs/job-manager.ts';
import { openLibraries } from '../src/testing/library-fixture.ts';
import { type TestCore, jobEnd, openTestCore, temporaryFolder, underWay } from '../src/testing/open-test-core.ts';

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

function sidecarsFolder(core: TestCore): string {
  return join(core.dataFolder, 'libraries', 'Test.sdlibrary', 'sidecars');
}

/** The names of all sidecars on disk, sorted. */
function sidecarFiles(core: TestCore): string[] {
  return readdirSync(sidecarsFolder(core), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

test('on demand in any mode: what was made, and what is known of the file', async (context) => {
  const { core, folder } = await bench(context);
  writeFileSync(join(folder, 'red.jpg'), await picture('#f00'));
  writeFileSync(join(folder, 'broken.jpg'), (await picture('#0f0', 900, 900)).subarray(0, 400));
  await core.index(folder, { mode: 'content' });
  const path = join(folder, 'red.jpg');
  assert.deepEqual((await core.client.call('query:sidecars.list', { path })).sidecars, []);

  await make(core, { path });
  const { sidecars, media } = await core.client.call('query:sidecars.list', { path });
  assert.deepEqual(
    sidecars.map(({ kind, state, current }) => [kind, state, current]),
    [
      ['facts', 'made', true],
      ['thumbnail_1024', 'made', true],
      ['thumbnail_256', 'made', true],
    ],
  );
  assert.partialDeepStrictEqual(media, { format: 'jpeg', width: 300, height: 200 });
  const info = await core.client.call('query:vdfs.entry_info', { path });
  assert.deepEqual(info.media, media);

  const broken = join(folder, 'broken.jpg');
  assert.partialDeepStrictEqual((await make(core, { path: broken })).result, { read: 1 });
  const failed = (await core.client.call('query:sidecars.list', { path: broken })).sidecars.find(
    ({ kind }) => kind === 'thumbnail_256',
  );
  assert.equal(failed?.state, 'failed');
  assert.match(failed.reason ?? '', /cannot be decoded/);
  // What failed is not read again for nothing, unless somebody asks for just that.
  assert.partialDeepStrictEqual((await make(core, { location: folder })).result, { read: 0 });
  assert.partialDeepStrictEqual((await make(core, { location: folder, retry: true })).result, { read: 1 });
});

test('what an older maker made is made again, in its place', async (context) => {
  const dataFolder = temporaryFolder(context);
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, 'red.jpg'), await picture('#f00'));
  const first = await openTestCore(context, { dataFolder });
  await first.index(folder, { mode: 'content' });
  await make(first, { path: join(folder, 'red.jpg') });
  const files = sidecarFiles(first);
  await first.close();
  await outdate(dataFolder);
  const second = await openTestCore(context, { dataFolder });
  assert.notDeepEqual(sidecarFiles(second), files);
  assert.partialDeepStrictEqual((await make(second, { location: folder })).result, { read: 1, made: 3 });
  assert.deepEqual(sidecarFiles(second), files);
});

test('a sweep removes what nobody has any more, and nothing that is not ours', async (context) => {
  const { core, folder } = await bench(context);
  writeFileSync(join(folder, 'red.jpg'), await picture('#f00'));
  writeFileSync(join(folder, 'blue.jpg'), await picture('#00f'));
  writeFileSync(join(folder, 'words.txt'), 'gone tomorrow');
  const { location } = await core.index(folder, { mode: 'content' });
  await make(core, { location: folder });
  assert.equal((await core.client.call('query:search.files', { text: 'tomorrow', in: 'contents' })).entries.length, 1);
  rmSync(join(folder, 'blue.jpg'));
  rmSync(join(folder, 'words.txt'));
  await core.rescan(location.id);

  const top = sidecarsFolder(core);
  writeFileSync(join(top, 'mine.txt'), 'mine');
  const kept = readdirSync(top).find((name) => name.length === 2);
  assert.ok(kept);
  writeFileSync(join(top, kept, 'thumbnail_256.1.sealed.new'), 'not in a folder of a content');
  const { result } = await core.client.call('action:sidecars.sweep', {});
  const swept = await core.completed(result.job);
  assert.partialDeepStrictEqual(swept.result, { contents: 2, files: 2, texts: 1, lost: 0 });
  assert.equal(sidecarFiles(core).filter((name) => name.endsWith('.sealed')).length, 2);
  assert.ok(existsSync(join(top, 'mine.txt')));

  // A file that was lost is noticed, and made again.
  const lost = readdirSync(top, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.sealed'));
  rmSync(join(top, lost ?? ''));
  const again = await core.client.call('action:sidecars.sweep', {});
  assert.partialDeepStrictEqual((await core.completed(again.result.job)).result, { files: 0, lost: 1 });
  assert.partialDeepStrictEqual((await make(core, { location: folder })).result, { read: 1, made: 1 });
});

test('an index of texts that was lost is filled again after a sweep', async (context) => {
  const dataFolder = temporaryFolder(context);
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, 'words.txt'), 'here tomorrow');
  const first = await openTestCore(context, { dataFolder });
  await first.index(folder, { mode: 'content' });
  await make(first, { location: folder });
  await first.close();
  const library = join(dataFolder, 'libraries', 'Test.sdlibrary');
  for (const name of readdirSync(library)) if (name.startsWith('texts.db')) rmSync(join(library, name));
  const second = await openTestCore(context, { dataFolder });
  const { result } = await second.client.call('action:sidecars.sweep', {});
  assert.partialDeepStrictEqual((await second.completed(result.job)).result, { lost: 1 });
  await make(second, { location: folder });
  assert.equal(
    (await second.client.call('query:search.files', { text: 'tomorrow', in: 'contents' })).entries.length,
    1,
  );
});

test('a new key of the library leaves its sidecars readable', async (context) => {
  const { core, folder } = await bench(context);
  writeFileSync(join(folder, 'red.jpg'), await picture('#f00'));
  await core.index(folder, { mode: 'content' });
  const path = join(folder, 'red.jpg');
  await make(core, { path });
  const content = (await core.client.call('query:sidecars.list', { path })).content_id;
  const before = await core.core.serving.thumbnail(undefined, content, 256);
  await core.client.call('action:libraries.change_key', { which: 'Test' });
  const after = await core.core.serving.thumbnail(undefined, content, 256);
  assert.deepEqual(Buffer.from(after.bytes), Buffer.from(before.bytes));
  assert.equal((await (await loadSharp())(after.bytes).metadata()).width, 256);
});

test('paused and cut off in the middle, it goes on where it was: every content once, none lost', async (context) => {
  const dataFolder = temporaryFolder(context);
  const folder = temporaryFolder(context);
  const pictures = 12;
  for (let index = 0; index < pictures; index++)
    writeFileSync(join(folder, `${index}.jpg`), await picture(`rgb(${index * 20}, 0, 0)`, 1600, 1200));
  const first = await openTestCore(context, { dataFolder });
  await first.index(folder, { mode: 'content' });
  const { result } = await first.client.call('action:sidecars.make', { location: folder });
  const { id } = result.job;
  await underWay(first, id);
  const paused = await first.client.call('action:jobs.pause', { id });
  assert.ok(['paused', 'running'].includes(paused.result.state));
  await first.client.call('action:jobs.resume', { id });
  await underWay(first, id);
  await first.close();

  const second = await openTestCore(context, { dataFolder });
  const job = await jobEnd(second.core, second.client, id);
  assert.equal(job.state, 'completed', JSON.stringify(job));
  assert.partialDeepStrictEqual(job.result, { contents: pictures, read: pictures, made: pictures * 3, failed: 0 });
  assert.equal(sidecarFiles(second).length, pictures * 2);
});

async function make(core: TestCore, input: Record<string, unknown>): Promise<JobInfo> {
  const { result } = await core.client.call('action:sidecars.make', input);
  return core.completed(result.job);
}

/** Makes everything look as if version 0 had made it. */
async function outdate(dataFolder: string): Promise<void> {
  const { libraries } = await openLibraries(dataFolder);
  const library = libraries.open();
  await library.write((tx) => tx.run('UPDATE sidecars SET maker = 0'));
  const top = join(library.folder, 'sidecars');
  for (const name of readdirSync(top, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.sealed')) renameSync(join(top, name), join(top, name.replace(/\.\d+\.sealed$/, '.0.sealed')));
  await libraries.stop();
}
