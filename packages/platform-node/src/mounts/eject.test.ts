import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mount } from '@sd/core/ports/mounts.ts';
import { ejectWith } from './eject.ts';

const STICK: Mount = {
  path: '/media/ada/stick',
  source: '/dev/sdb1',
  fileSystem: 'vfat',
  superblock: 1,
  root: '/',
  virtual: false,
  readOnly: false,
  removable: true,
  network: false,
  copyOnWrite: false,
};

/** Programs by name: what they complain of, or `undefined` where they do it. Those not named are not installed. */
function programs(there: Readonly<Record<string, string | undefined>>) {
  const calls: string[] = [];
  const run = async (program: string, args: readonly string[]): Promise<string> => {
    calls.push([program, ...args].join(' '));
    if (!(program in there)) throw Object.assign(new Error('not there'), { code: 'ENOENT' });
    const said = there[program];
    if (said !== undefined) throw Object.assign(new Error('failed'), { said });
    return '';
  };
  return { calls, run };
}

test('a stick is unmounted as the desktop does it, and then let go of', async () => {
  const { calls, run } = programs({ udisksctl: undefined });
  await ejectWith('linux', STICK, run);
  assert.deepEqual(calls, [
    'udisksctl unmount --no-user-interaction -b /dev/sdb1',
    'udisksctl power-off --no-user-interaction -b /dev/sdb1',
  ]);
});

test('without udisks it is unmounted, and never by force', async () => {
  const { calls, run } = programs({ umount: undefined });
  await ejectWith('linux', STICK, run);
  assert.deepEqual(calls.slice(0, 2), [
    'udisksctl unmount --no-user-interaction -b /dev/sdb1',
    'umount /media/ada/stick',
  ]);
});

test('what is in use, not allowed or not possible is said in our words', async () => {
  const code = (there: Parameters<typeof programs>[0], mount = STICK, platform: NodeJS.Platform = 'linux') =>
    ejectWith(platform, mount, programs(there).run).then(
      () => 'done',
      (error: unknown) => (error as { code: string }).code,
    );
  const busy = programs({ udisksctl: 'target is busy', umount: undefined });
  await assert.rejects(ejectWith('linux', STICK, busy.run), { code: 'CONFLICT' });
  assert.equal(busy.calls.length, 1, 'a disk in use is no reason to try another program');
  assert.equal(await code({ umount: 'umount: /media/ada/stick: must be superuser to unmount.' }), 'NOT_WRITABLE');
  assert.equal(await code({ umount: 'something else' }), 'IO');
  assert.equal(await code({}), 'UNAVAILABLE');
  assert.equal(await code({ diskutil: 'Volume failed to unmount: dissented by PID 4' }, STICK, 'darwin'), 'CONFLICT');
  assert.equal(await code({}, STICK, 'win32'), 'UNAVAILABLE');
  assert.equal(await code({}, { ...STICK, path: '/media/\udcff' }), 'UNAVAILABLE');
});

test('what a program of the user mounted is unmounted by it', async () => {
  const { calls, run } = programs({ fusermount: undefined });
  const server: Mount = { ...STICK, fileSystem: 'fuse.sshfs', source: 'ada@server:', removable: false };
  await ejectWith('linux', server, run);
  assert.deepEqual(calls, ['fusermount3 -u /media/ada/stick', 'fusermount -u /media/ada/stick']);
});
