import { any } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choices, flag } from '../../declare/option.ts';
import { count } from '../../format/number.ts';
import { TARGETS, targetsOf } from '../../shared/tags.ts';
import { travel } from '../../shared/travel.ts';

export const tagExport = command({
  name: 'tag export',
  summary: 'Write tags, ratings and notes to files, for other programs',
  details: [
    'Into XMP sidecar files beside them (name.jpg.xmp), or as extended attributes of theirs, as KDE and the Finder keep them. What others wrote there stays. Private tags stay at home unless --private.',
  ],
  arguments: { paths: any('files and folders', 'path') },
  options: {
    ...TARGETS,
    to: choices('xmp,attributes', ['xmp', 'attributes'], 'where to; sidecars if left out'),
    private: flag('also private tags'),
    noWait: flag('do not wait until it is done'),
  },
  examples: [['sd tag export ~/Pictures/*.jpg --to xmp', 'sidecars beside the pictures']],
  calls: ['action:tags.export', 'query:jobs.info', 'action:jobs.cancel'],
  streams: true,
  run: (sd, { paths }, { find, to, private: all, noWait }) =>
    travel(sd, {
      action: 'tags.export',
      input: { targets: targetsOf(paths, find), to: to ?? ['xmp'], private: all },
      noWait,
      said: ({ carried }) => `${count(carried, 'file')} written to`,
    }),
});
