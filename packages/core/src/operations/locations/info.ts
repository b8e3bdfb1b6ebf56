import { z } from 'zod';
import { uuidToText } from '../../domain/ids.ts';
import { locationSelector, locationViewSchema } from '../../domain/location.ts';
import { scanResultSchema } from '../../domain/scan.ts';
import { findLocation } from '../../locations/find.ts';
import { lastScan, locationView } from '../../locations/view.ts';
import { query } from '../../operation.ts';

export const locationInfo = query({
  summary: 'One location, with what its last whole scan found.',
  name: 'locations.info',
  scope: 'library',
  thread: 'reader',
  input: z.object({ location: locationSelector }),
  output: locationViewSchema.extend({ last_scan: scanResultSchema.optional() }),
  errors: ['NOT_FOUND'],
  permissions: ['library.read'],
  run({ library, presenceOf, device }, { location }) {
    const row = findLocation(library.db, location, device.slug);
    const scan = lastScan(row);
    return {
      ...locationView(row, presenceOf, device.slug, library.watches?.[uuidToText(row.uuid)]),
      ...(scan ? { last_scan: scan } : {}),
    };
  },
});
