import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { userFilesAcceptance } from '@sd/core/testing/acceptance/user-files.ts';
import type { Ground } from '@sd/core/testing/acceptance/user-files/ground.ts';
import { nodeUserFiles } from './user-files.ts';

/** Real file systems; skipped where this user may not mount them. */
const FILE_SYSTEMS: Readonly<Record<string, { make?: string; type: string; options: string; lacks: string[] }>> = {
  tmpfs: { type: 'tmpfs', options: 'size=256m', lacks: [] },
  ext4: { make: 'mkfs.ext4', type: 'ext4', options: 'loop', lacks: [] },
  btrfs: { make: 'mkfs.btrfs', type: 'btrfs', options: 'loop', lacks: [] },
  xfs: { make: 'mkfs.xfs', type: 'xfs', options: 'loop', lacks: [] },
  vfat: {
    make: 'mkfs.vfat',
    type: 'vfat',
    options: 'loop,utf8',
    lacks: ['permissions', 'attributes', 'symlinks', 'hard_links', 'case', 'any_name', 'holes'],
  },
};

function mount({ make, type, options }: { make?: string; type: string; options: string }, at: string): boolean {
  const run = (program: string, ...rest: string[]): void => void execFileSync(program, rest, { stdio: 'ignore' });
  try {
    mkdirSync(at);
    if (make === undefined) run('mount', '-t', type, '-o', options, 'none', at);
    else {
      run('truncate', '-s', '320M', `${at}.img`);
      run(make, `${at}.img`);
      run('mount', '-t', type, '-o', options, `${at}.img`, at);
    }
    return true;
  } catch {
    return false;
  }
}

for (const [name, kind] of Object.entries(FILE_SYSTEMS)) {
  const top = mkdtempSync(join(tmpdir(), `sd-${name}-`));
  const at = `${top}/disk`;
  const mounted = process.platform === 'linux' && mount(kind, at);
  after(() => {
    if (mounted) execFileSync('umount', [at]);
    rmSync(top, { recursive: true, force: true });
  });
  if (!mounted) {
    test(`${name}: UserFiles`, { skip: `${name} cannot be mounted here` }, () => {});
    continue;
  }
  let count = 0;
  userFilesAcceptance(`Node on ${name}`, nodeUserFiles, {
    folder() {
      const folder = `${at}/test-${count++}`;
      mkdirSync(folder);
      return folder;
    },
    lacks: new Set(kind.lacks) as Ground['lacks'],
  });
}
