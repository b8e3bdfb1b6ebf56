import { type Section, entry } from './section.ts';

export const volumes: Section = {
  heading: 'Volumes',
  commands: [
    entry(
      'volume list',
      'List the disks and shares that are mounted, and those that are known',
      async () => (await import('../commands/volume/list.ts')).volumeList,
    ),
    entry('volume info', 'Show a disk or a share', async () => (await import('../commands/volume/info.ts')).volumeInfo),
    entry(
      'volume track',
      'Keep track of a disk, to know it wherever it is mounted',
      async () => (await import('../commands/volume/track.ts')).volumeTrack,
    ),
    entry(
      'volume untrack',
      'Keep track of a disk no longer; locations on it stay',
      async () => (await import('../commands/volume/untrack.ts')).volumeUntrack,
    ),
    entry(
      'volume rename',
      'Give a disk another name in the library; its label stays',
      async () => (await import('../commands/volume/rename.ts')).volumeRename,
    ),
    entry(
      'volume refresh',
      'Look at what is mounted now',
      async () => (await import('../commands/volume/refresh.ts')).volumeRefresh,
    ),
    entry(
      'volume eject',
      'Unmount a disk, so that it can be taken away',
      async () => (await import('../commands/volume/eject.ts')).volumeEject,
    ),
    entry(
      'volume speed-test',
      'Measure how fast a disk is written and read',
      async () => (await import('../commands/volume/speed-test.ts')).volumeSpeedTest,
    ),
  ],
};
