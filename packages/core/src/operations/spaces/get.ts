import { z } from 'zod';
import { isOffline, placeOf } from '../../browsing/indexed-place.ts';
import { PrivatePaths } from '../../browsing/private-paths.ts';
import type { ReaderContext } from '../../context.ts';
import { PrivateEntries } from '../../db/library/private-entries.ts';
import { parseSdPath } from '../../domain/sd-path.ts';
import { type SpaceItemView, spaceLayoutSchema, spaceSelector } from '../../domain/space.ts';
import { query } from '../../operation.ts';
import { findSpace } from '../../spaces/find-space.ts';
import { layoutOf } from '../../spaces/layout.ts';
import { alsoPrivate, leftOut, privateLeftOut } from '../private-input.ts';

export const getSpace = query({
  summary: 'All of a space, its groups and items, what they lead to by name; and what has gone.',
  name: 'spaces.get',
  scope: 'library',
  thread: 'reader',
  input: z.object({ space: spaceSelector.optional(), private: alsoPrivate }),
  output: z.object({ space: spaceLayoutSchema, private_left_out: privateLeftOut }),
  errors: ['NOT_FOUND'],
  permissions: ['library.read', 'files.read'],

  run(context, { space, private: all }) {
    const { library, device, presenceOf } = context;
    const around = { db: library.db, device, presenceOf, isThere: (path: string) => isThere(context, path) };
    const layout = layoutOf(findSpace(library.db, space), around);
    if (all) return { space: layout };
    const isPrivate = privatePin(context);
    let count = 0;
    const shown = (items: readonly SpaceItemView[]): SpaceItemView[] => {
      const kept = items.filter((item) => !isPrivate(item));
      count += items.length - kept.length;
      return kept;
    };
    const items = shown(layout.items);
    const groups = layout.groups.map((group) => ({ ...group, items: shown(group.items) }));
    return { space: { ...layout, items, groups }, ...leftOut(count) };
  },
});

/** Tells whether an item leads to a private file or folder of this device. */
function privatePin({ library: { db }, device }: ReaderContext<'library'>): (item: SpaceItemView) => boolean {
  const paths = new PrivatePaths(db, device.id, new PrivateEntries(db));
  return ({ kind, target }) => {
    const parsed = kind === 'path' && target !== undefined ? parseSdPath(target, device.slug) : undefined;
    return parsed?.ok === true && parsed.path.kind === 'local' && parsed.path.device === device.slug
      ? paths.has(parsed.path.path)
      : false;
  };
}

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
