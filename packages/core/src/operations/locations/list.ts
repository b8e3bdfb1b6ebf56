import { z } from 'zod';
import { listLocations as locationsOf } from '../../db/library/locations.ts';
import { uuidToText } from '../../domain/ids.ts';
import { locationViewSchema } from '../../domain/location.ts';
import { locationView } from '../../locations/view.ts';
import { query } from '../../operation.ts';

export const listLocations = query({
  summary: 'The locations of the library, and whether each is there now.',
  name: 'locations.list',
  scope: 'library',
  // A disk that does not answer must not hold up the thread that answers everyone.
  thread: 'reader',
  input: z.object({}),
  output: z.object({ locations: z.array(locationViewSchema) }),
  errors: [],
  permissions: ['library.read'],
  run({ library, presenceOf, device }) {
    return {
      locations: locationsOf(library.db).map((row) =>
        locationView(row, presenceOf, device.slug, library.watches?.[uuidToText(row.uuid)]),
      ),
    };
  },
});
