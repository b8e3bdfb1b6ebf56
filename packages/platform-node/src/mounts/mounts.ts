import type { Mounts } from '@sd/core/ports/mounts.ts';
import { ejectWith } from './eject.ts';
import { linuxMounts } from './linux.ts';
import { systemMounts } from './system-information.ts';
import { volumeFiles } from './volume-files.ts';

/** The `Mounts` port. A system that is not known here tells of no mounts, and nothing is concluded from that. */
export const nodeMounts: Mounts = {
  ...mountsOf(process.platform),
  eject: (mount) => ejectWith(process.platform, mount),
  files: volumeFiles,
};

function mountsOf(platform: NodeJS.Platform): Pick<Mounts, 'list' | 'onChange'> {
  if (platform === 'linux') return linuxMounts();
  if (platform === 'darwin' || platform === 'win32') return systemMounts(platform);
  return { list: async () => [], onChange: () => () => {} };
}
