import { execFile } from 'node:child_process';
import { showNative } from '@sd/core/domain/native-path.ts';
import { SdError } from '@sd/core/errors.ts';
import type { Mount } from '@sd/core/ports/mounts.ts';

/** Runs a program and answers what it wrote; rejects with what it complained of. */
export type Run = (program: string, args: readonly string[]) => Promise<string>;

/** A disk may have much to write before it is let go. */
const TIMEOUT_MS = 60_000;

const run: Run = (program, args) =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, LC_ALL: 'C' };
    execFile(program, [...args], { timeout: TIMEOUT_MS, env }, (error, stdout, stderr) => {
      if (error) reject(Object.assign(error, { said: `${stderr}${stdout}`.trim() }));
      else resolve(stdout);
    });
  });

/** Unmounts, never by force, and never lazily: what is in use stays mounted, and the user is told. */
export async function ejectWith(platform: NodeJS.Platform, mount: Mount, execute: Run = run): Promise<void> {
  if (platform === 'linux') return ejectOnLinux(mount, execute);
  if (platform === 'darwin')
    return tried(mount, () => execute('diskutil', [mount.removable ? 'eject' : 'unmount', mount.path]));
  throw new SdError('UNAVAILABLE', `${showNative(mount.path)} cannot be ejected from here`, {
    way_out: 'let the system eject it ("Safely remove hardware")',
  });
}

async function ejectOnLinux(mount: Mount, execute: Run): Promise<void> {
  if (!mount.path.isWellFormed())
    throw new SdError('UNAVAILABLE', `${showNative(mount.path)} has a name that cannot be given to another program`, {
      way_out: 'unmount it by hand',
    });
  const isDevice = mount.source.startsWith('/dev/');
  const ways: readonly (readonly [string, ...string[]])[] = [
    // As the desktop does it: no password for one's own removable disks.
    ...(isDevice && mount.root === '/'
      ? [['udisksctl', 'unmount', '--no-user-interaction', '-b', mount.source] as const]
      : []),
    ...(mount.fileSystem.startsWith('fuse.')
      ? [['fusermount3', '-u', mount.path] as const, ['fusermount', '-u', mount.path] as const]
      : []),
    ['umount', mount.path],
  ];
  await tried(mount, () => firstThatAnswers(ways, execute));
  if (!mount.removable || !isDevice) return;
  // Refused while another of its partitions is mounted, and where there is no udisks: it is unmounted all the same.
  await execute('udisksctl', ['power-off', '--no-user-interaction', '-b', mount.source]).catch(() => {});
}

/** The first program that is there and does it; a disk in use is no reason to try another. */
async function firstThatAnswers(ways: readonly (readonly [string, ...string[]])[], execute: Run): Promise<void> {
  let failure: unknown;
  for (const [program, ...args] of ways) {
    try {
      await execute(program, args);
      return;
    } catch (error) {
      failure = failure === undefined || !isMissing(error) ? error : failure;
      if (isBusy(error)) break;
    }
  }
  throw failure;
}

async function tried(mount: Mount, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const shown = showNative(mount.path);
    if (isBusy(error))
      throw new SdError(
        'CONFLICT',
        `${shown} is in use`,
        { way_out: 'close what has files of it open, and try again' },
        error,
      );
    if (isMissing(error))
      throw new SdError(
        'UNAVAILABLE',
        `no program here can unmount ${shown}`,
        { way_out: 'unmount it by hand' },
        error,
      );
    if (/superuser|root|permitted|permission|authoriz|denied/i.test(saidBy(error)))
      throw new SdError(
        'NOT_WRITABLE',
        `this user may not unmount ${shown}`,
        { way_out: 'unmount it as an administrator' },
        error,
      );
    throw new SdError('IO', `${shown} could not be unmounted: ${saidBy(error) || String(error)}`, {}, error);
  }
}

function isBusy(error: unknown): boolean {
  return /busy|in use|could not be unmounted|dissented/i.test(saidBy(error));
}
function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
function saidBy(error: unknown): string {
  return (error as { said?: string }).said ?? '';
}
