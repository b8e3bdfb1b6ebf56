import { command } from '../../declare/command.ts';
import { flag } from '../../declare/option.ts';
import { count } from '../../format/number.ts';
import { DEFAULT_CARRIERS, TRAVELLERS, TRAVEL_OPTIONS, carriers, travel, travelCalls } from '../../shared/travel.ts';

export const tagExport = command({
  name: 'tag export',
  summary: 'Write tags, ratings and notes to files, for other programs',
  details: [
    'Into XMP sidecar files beside them (name.jpg.xmp), or as extended attributes of theirs, as KDE and the Finder keep them. What others wrote there stays. Private tags stay at home unless --private.',
    'sd undo does not take it back: it changes what is written of files, not what the library knows of them.',
  ],
  arguments: TRAVELLERS,
  options: { to: carriers('where to'), private: flag('also private tags'), ...TRAVEL_OPTIONS },
  examples: [['sd tag export ~/Pictures/*.jpg --to xmp', 'sidecars beside the pictures']],
  calls: travelCalls('tags.export'),
  streams: true,
  run: (sd, { paths }, { to = DEFAULT_CARRIERS, private: all, ...options }) =>
    travel(sd, {
      action: 'tags.export',
      paths,
      options,
      input: { to, private: all },
      said: ({ carried }) => exported(carried),
    }),
});

function exported(carried: number): string {
  if (carried === 0) return 'nothing to write: no tag, rating or note of these files that is not written there already';
  return `wrote tags, ratings and notes of ${count(carried, 'file')}; sd undo does not take this back`;
}
