import { readFileSync, statSync } from 'node:fs';
import type { Mount, Mounts } from '@sd/core/ports/mounts.ts';
import { isCopyOnWrite, isNetwork, isVirtual } from './classify.ts';
import { DiskFacts } from './disk-facts.ts';
import { type MountLine, parseMountinfo } from './mountinfo.ts';
import { poll } from './poll.ts';

/** The kernel wakes those who `poll` this file, which Node cannot; to read it costs some 50 µs. */
const TABLE = '/proc/self/mountinfo';
/** udev makes the links a moment after a mount. */
const LINKS = '/dev/disk/by-uuid';
const POLL_MS = 1_000;

/** Mounts as the kernel lists them. `top`: where /proc, /dev, /run and /sys are; empty but in tests. */
export function linuxMounts(top = ''): Pick<Mounts, 'list' | 'onChange'> {
  return {
    list: async () => mountsOf(readFileSync(top + TABLE), new DiskFacts(top)),
    onChange: (call) => poll(POLL_MS, () => `${readFileSync(top + TABLE, 'latin1')}${changed(top + LINKS)}`, call),
  };
}

export function mountsOf(table: Uint8Array, disks: Pick<DiskFacts, 'of'>): Mount[] {
  return parseMountinfo(table).map((line) => {
    const virtual = isVirtual(line);
    return {
      path: line.path,
      source: line.source,
      fileSystem: line.fileSystem,
      superblock: line.major * 2 ** 20 + line.minor,
      root: rootOf(line),
      virtual,
      readOnly: line.options.includes('ro') || line.superOptions.includes('ro'),
      network: isNetwork(line.fileSystem),
      copyOnWrite: isCopyOnWrite(line.fileSystem),
      ...(virtual ? {} : disks.of(line)),
    };
  });
}

/** A share may be mounted from a folder of it on; the kernel says `/` for it. */
function rootOf({ root }: MountLine): string {
  return root.startsWith('/') ? root : '/';
}

function changed(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
