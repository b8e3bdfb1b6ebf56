import { z } from 'zod';
import { isOffline, placeOf } from '../../browsing/indexed-place.ts';
import type { ReaderContext } from '../../context.ts';
import { spaceLayoutSchema, spaceSelector } from '../../domain/space.ts';
import { query } from '../../operation.ts';
import { findSpace } from '../../spaces/find-space.ts';
import { layoutOf } from '../../spaces/layout.ts';

export const getSpace = query({
  summary: 'All of a space, its groups and items, what they lead to by name; and what has gone.',
  name: 'spaces.get',
  scope: 'library',
  thread: 'reader',
  input: z.object({ space: spaceSelector.optional() }),
  output: z.object({ space: spaceLayoutSchema }),
  errors: ['NOT_FOUND'],
  permissions: ['library.read', 'files.read'],

  run(context, { space }) {
    const { library, device, presenceOf } = context;
    const around = { db: library.db, device, presenceOf, isThere: (path: string) => isThere(context, path) };
    return { space: layoutOf(findSpace(library.db, space), around) };
  },
});

/** `undefined`: its disk is away, or it cannot be looked at. */
function isThere({ files, library, device }: ReaderContext<'library'>, path: string): boolean | undefined {
  const place = placeOf(library.db, device.id, path);
  if (place && isOffline(place, files)) return undefined;
  try {
    return files.facts(path) !== undefined;
  } catch {
    return undefined;
  }
}
