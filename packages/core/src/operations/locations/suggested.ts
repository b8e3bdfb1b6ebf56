import { z } from 'zod';
import { listLocations } from '../../db/library/locations.ts';
import { isWithin, showNative } from '../../domain/native-path.ts';
import { localUri } from '../../domain/sd-path.ts';
import { pathOfLocation } from '../../locations/find.ts';
import { query } from '../../operation.ts';

export const suggestedLocations = query({
  summary: 'The folders most people keep things in, as far as they exist here.',
  name: 'locations.suggested',
  scope: 'library',
  thread: 'reader',
  input: z.object({}),
  output: z.object({
    suggestions: z.array(
      z.object({
        name: z.string(),
        path: z.string(),
        native_path: z.string(),
        already: z.boolean().describe('a location, or in one'),
      }),
    ),
  }),
  errors: [],
  permissions: ['library.read', 'files.read'],
  run({ library, files, device }) {
    const known = listLocations(library.db).map(pathOfLocation);
    const suggestions = files.homeFolders().map(({ name, path }) => ({
      name,
      path: localUri(device.slug, path),
      native_path: showNative(path),
      already: known.some((location) => isWithin(path, location)),
    }));
    return { suggestions };
  },
});
