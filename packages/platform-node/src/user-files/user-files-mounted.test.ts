import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { userFilesAcceptance } from '@sd/core/testing/acceptance/user-files.ts';
import { DISKS, type Disk, mountDisk } from '@sd/core/testing/mounted-disk.ts';
import { nodeUserFiles } from './user-files.ts';

/** Real file systems; skipped where this user may not mount them. */
for (const disk of Object.keys(DISKS) as Disk[]) {
  const top = mkdtempSync(join(tmpdir(), 'sd-disk-'));
  const at = `${top}/disk`;
  const unmount = mountDisk(disk, at);
  after(() => {
    unmount?.();
    rmSync(top, { recursive: true, force: true });
  });
  if (!unmount) {
    test(`${disk}: UserFiles`, { skip: `${disk} cannot be mounted here` }, () => {});
    continue;
  }
  let count = 0;
  userFilesAcceptance(`Node on ${disk}`, nodeUserFiles, {
    folder() {
      const folder = `${at}/test-${count++}`;
      mkdirSync(folder);
      return folder;
    },
    lacks: new Set(DISKS[disk].lacks),
  });
}
