import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, rmdirSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SdError } from '../src/errors.ts';
import { addEntries, dataFolder, entryNames, openLibraries } from '../src/testing/library-fixture.ts';

/** A disk of a few MiB; `undefined` where mounting one is not allowed. */
function smallDisk(context: TestContext, mebibytes: number): string | undefined {
  const disk = mkdtempSync(join(tmpdir(), 'sd-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'none', disk], { stdio: 'ignore' });
  } catch {
    rmdirSync(disk);
    context.skip('mounting a small disk is not allowed here');
    return undefined;
  }
  context.after(() => {
    execFileSync('umount', ['-l', disk]);
    rmdirSync(disk);
  });
  return disk;
}

/** Takes what room there is but for `left` bytes. */
function fillUp(disk: string, left: number): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(`${disk}/ballast`, Buffer.alloc(Math.max(0, bavail * bsize - left)));
}

const some = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `a name of some length, number ${at}`);

test('a full disk: a clear error, the library whole, and on it goes when there is room', async (context) => {
  const disk = smallDisk(context, 8);
  if (disk === undefined) return;
  const { libraries } = await openLibraries(disk);
  await libraries.create({ name: 'L' });
  await addEntries(libraries, 'L', some(100));
  fillUp(disk, 200_000);
  let written = 100;
  let full: unknown;
  while (full === undefined && written < 100_000) {
    await addEntries(libraries, 'L', some(1000)).then(
      () => (written += 1000),
      (error: unknown) => (full = error),
    );
  }
  assert.ok(full instanceof SdError && full.code === 'DISK_FULL', String(full));
  assert.equal(entryNames(libraries, 'L').length, written, 'what failed left nothing, what was acknowledged is there');
  assert.deepEqual((await libraries.check('L')).problems, []);
  await assert.rejects(libraries.backup('L'), { code: 'DISK_FULL' });
  await assert.rejects(libraries.changeKey('L', {}), { code: 'DISK_FULL' });
  await assert.rejects(libraries.create({ name: 'Another' }), { code: 'DISK_FULL' });
  assert.equal(libraries.find('L').state, 'open');
  assert.equal(libraries.list().length, 1);

  rmSync(`${disk}/ballast`);
  await addEntries(libraries, 'L', some(1000));
  assert.equal(entryNames(libraries, 'L').length, written + 1000);
  await libraries.backup('L');
  await libraries.changeKey('L', {});
  await libraries.stop();
  const again = await openLibraries(disk);
  assert.equal(entryNames(again.libraries, 'L').length, written + 1000);
  assert.deepEqual((await again.libraries.check('L')).problems, []);
  await again.libraries.stop();
});

test('a library on a full disk opens and closes', async (context) => {
  const disk = smallDisk(context, 8);
  if (disk === undefined) return;
  const first = await openLibraries(disk);
  await first.libraries.create({ name: 'L' });
  await addEntries(first.libraries, 'L', some(100));
  await first.libraries.stop();
  fillUp(disk, 0);
  const second = await openLibraries(disk);
  const { state, reason } = second.libraries.find('L');
  assert.ok(state === 'open' || (state === 'closed' && /no room/.test(reason ?? '')), `${state}: ${reason}`);
  await second.libraries.stop();
  rmSync(`${disk}/ballast`);
  const third = await openLibraries(disk);
  assert.equal(entryNames(third.libraries, 'L').length, 100);
  await third.libraries.stop();
});

test('two processes: the second is told, and after a kill -9 of the first it opens', async (context) => {
  const folder = dataFolder(context);
  const first = await openLibraries(folder);
  await first.libraries.create({ name: 'L' });
  await first.libraries.stop();
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('libraries-child.ts', import.meta.url)), folder, 'write'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise((resolve) => child.on('close', resolve));
  await new Promise<void>((resolve) => child.stdout.on('data', (text: Buffer) => text.includes('done') && resolve()));

  const second = await openLibraries(folder);
  assert.equal(second.libraries.find('L').state, 'in_use');
  await assert.rejects(second.libraries.openLibrary('L'), { code: 'LIBRARY_IN_USE' });
  child.kill('SIGKILL');
  await ended;
  assert.equal((await second.libraries.openLibrary('L')).state, 'open');
  assert.ok(entryNames(second.libraries, 'L').length > 0);
  await second.libraries.stop();
});

test('what a kill left half made is gone at the next start; what is not ours stays', async (context) => {
  const folder = dataFolder(context);
  const first = await openLibraries(folder);
  const { folder: library } = await first.libraries.create({ name: 'L' });
  await first.libraries.stop();
  for (const partial of [`${library}/backups/x.sdbackup.partial`, `${library}/backups/y.sdbackup.partial`])
    mkdirSync(partial, { recursive: true });
  writeFileSync(`${library}/backups/x.sdbackup.partial/library.db`, 'half a copy');
  writeFileSync(`${library}/backups/y.sdbackup.partial/holiday.jpg`, 'of the user');
  writeFileSync(`${library}/library.db.next`, 'half a copy');
  const second = await openLibraries(folder);
  assert.equal(second.libraries.find('L').state, 'open', second.log.join('\n'));
  assert.deepEqual(readdirSync(`${library}/backups`), ['y.sdbackup.partial']);
  assert.ok(existsSync(`${library}/backups/y.sdbackup.partial/holiday.jpg`));
  assert.ok(!existsSync(`${library}/library.db.next`));
  await second.libraries.stop();
});
