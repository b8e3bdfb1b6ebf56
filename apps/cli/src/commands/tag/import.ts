import { command } from '../../declare/command.ts';
import { count } from '../../format/number.ts';
import { DEFAULT_CARRIERS, TRAVELLERS, TRAVEL_OPTIONS, carriers, travel, travelCalls } from '../../shared/travel.ts';

export const tagImport = command({
  name: 'tag import',
  summary: 'Take over tags, ratings and notes that other programs wrote',
  details: [
    'From XMP sidecar files or extended attributes. Tags that do not exist are made; a rating or note of yours stays.',
  ],
  arguments: TRAVELLERS,
  options: { from: carriers('where from'), ...TRAVEL_OPTIONS },
  examples: [['sd tag import --find "type:image" --from xmp,attributes', 'of all pictures']],
  calls: travelCalls('tags.import'),
  streams: true,
  run: (sd, { paths }, { from = DEFAULT_CARRIERS, ...options }) =>
    travel(sd, {
      action: 'tags.import',
      paths,
      options,
      input: { from },
      said: ({ carried, tagged, created }) => imported(carried, tagged, created),
    }),
});

/** Ratings and notes are taken over too, where there are none: they are not counted. */
function imported(carried: number, tagged: number, created: number): string {
  if (carried === 0) return 'there was nothing to take over';
  const given =
    tagged === 0 ? '' : `: ${count(tagged, 'tag')} given${created === 0 ? '' : `, ${count(created, 'tag')} made`}`;
  return `took over what was written of ${count(carried, 'file')}${given}`;
}
