import { any } from '../../declare/argument.ts';
import { command } from '../../declare/command.ts';
import { choices, flag } from '../../declare/option.ts';
import { count } from '../../format/number.ts';
import { TARGETS, targetsOf } from '../../shared/tags.ts';
import { travel } from '../../shared/travel.ts';

export const tagImport = command({
  name: 'tag import',
  summary: 'Take over tags, ratings and notes that other programs wrote',
  details: [
    'From XMP sidecar files or extended attributes. Tags that do not exist are made; a rating or note of yours stays.',
  ],
  arguments: { paths: any('files and folders', 'path') },
  options: {
    ...TARGETS,
    from: choices('xmp,attributes', ['xmp', 'attributes'], 'where from; sidecars if left out'),
    noWait: flag('do not wait until it is done'),
  },
  examples: [['sd tag import --find "type:image" --from xmp,attributes', 'of all pictures']],
  calls: ['action:tags.import', 'query:jobs.info', 'action:jobs.cancel'],
  streams: true,
  run: (sd, { paths }, { find, from, noWait }) =>
    travel(sd, {
      action: 'tags.import',
      input: { targets: targetsOf(paths, find), from: from ?? ['xmp'] },
      noWait,
      said: ({ carried, tagged, created }) =>
        `${count(carried, 'file')} said something: ${count(tagged, 'tag')} given, ${count(created, 'tag')} made`,
    }),
});
