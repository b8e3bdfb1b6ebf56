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
      said: ({ carried, tagged, created }) =>
        `${count(carried, 'file')} said something: ${count(tagged, 'tag')} given, ${count(created, 'tag')} made`,
    }),
});
