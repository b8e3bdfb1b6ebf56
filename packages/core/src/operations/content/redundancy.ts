import { z } from 'zod';
import { contentById } from '../../db/library/contents.ts';
import { volumeById } from '../../db/library/volumes.ts';
import { duplicateFilters } from '../../domain/duplicates.ts';
import { entryViewSchema } from '../../domain/entry.ts';
import { contentUuid, uuidSchema, uuidToText } from '../../domain/ids.ts';
import { KINDS, kindOfCode } from '../../domain/kinds.ts';
import { decodeCursor, encodeCursor, fingerprintOf, pageInput } from '../../domain/page.ts';
import { volumeSelector } from '../../domain/volume.ts';
import { SdError } from '../../errors.ts';
import { CopyViews } from '../../hashing/copy-views.ts';
import { presenceOf } from '../../locations/presence.ts';
import { query } from '../../operation.ts';
import type { ReadFiles } from '../../ports/files.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { type AtRisk, atRisk } from '../../redundancy/at-risk.ts';
import type { Keeper } from '../../redundancy/folder-places.ts';
import { PrivateEntries } from '../../db/library/private-entries.ts';
import { duplicateScope } from '../duplicate-scope.ts';
import { knownVolume } from '../known-volume.ts';
import { alsoPrivate, leftOut, privateLeftOut } from '../private-input.ts';

const cursorSchema = z.tuple([z.int(), z.int()]);

const placeSchema = z.object({
  volume: z.object({ id: uuidSchema, name: z.string() }).optional().describe('absent where it is not known'),
  locations: z.array(z.string()).describe('of the library, on it'),
  offline: z.literal(true).optional().describe('none of them is there now'),
});

export const redundancy = query({
  summary:
    'What exists once only, on which volumes, the largest first. Copies on disks that are away count, and so do private ones.',
  name: 'content.redundancy',
  scope: 'library',
  thread: 'reader',
  input: z.object({
    once: z
      .enum(['copy', 'volume'])
      .default('copy')
      .describe(
        'copy: one file has it, several names of it aside; volume: however many files have it, they lie on one volume',
      ),
    min_size: duplicateFilters.min_size,
    kinds: duplicateFilters.kinds,
    locations: duplicateFilters.locations,
    within: duplicateFilters.within,
    volume: volumeSelector.optional().describe('only what lies on this one'),
    private: alsoPrivate,
    ...pageInput,
  }),
  output: z.object({
    items: z.array(
      z.object({
        content_id: uuidSchema,
        size: z.int(),
        kind: z.enum(KINDS),
        copies: z.int().describe('files that have it, and are shown; 255 stands for that or more'),
        entry: entryViewSchema.optional().describe('the file, or the first of them'),
        place: placeSchema,
      }),
    ),
    total: z.object({ contents: z.int(), bytes: z.int() }),
    private_left_out: privateLeftOut.describe(
      'so many contents more, all of whose files are private, are shown to who asks',
    ),
    volumes: z.array(placeSchema.extend({ contents: z.int(), bytes: z.int() })).describe('those with most bytes first'),
    next_cursor: z.string().optional(),
  }),
  errors: ['NOT_FOUND', 'CURSOR_STALE'],
  permissions: ['library.read'],

  run({ library: { db }, device, files, checkCancelled }, { limit, cursor, ...asked }) {
    const fingerprint = fingerprintOf(asked);
    const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint, cursorSchema);
    if (cursor !== undefined && !after)
      throw new SdError('CURSOR_STALE', 'the cursor is of another query; start from the first page');
    const hidden = asked.private ? undefined : new PrivateEntries(db);
    const { scope } = duplicateScope(db, device, asked, hidden);
    const volume = asked.volume === undefined ? undefined : knownVolume(db, device, asked.volume).id;
    const filter = {
      once: asked.once,
      minSize: scope.minSize,
      kinds: scope.kinds,
      below: scope.below,
      volume,
      isHidden: hidden?.everywhere(),
    };
    const { page, totals, leftOut: count } = atRisk(db, filter, { after, limit }, checkCancelled);
    const places = new Map(totals.map(({ keeper }) => [keeper, placeOf(keeper, db, files)]));
    const views = new CopyViews(db, { files, device });
    const last = page.length === limit ? page.at(-1) : undefined;
    return {
      items: page.flatMap((item) => itemView(item, { db, views, places })),
      total: {
        contents: totals.reduce((sum, { contents }) => sum + contents, 0),
        bytes: totals.reduce((sum, { bytes }) => sum + bytes, 0),
      },
      ...leftOut(count),
      volumes: totals.map(({ keeper, contents, bytes }) => ({ ...placeOf(keeper, db, files), contents, bytes })),
      ...(last ? { next_cursor: encodeCursor(fingerprint, [last.size, last.content]) } : {}),
    };
  },
});

interface Shown {
  readonly db: ReadConnection;
  readonly views: CopyViews;
  readonly places: ReadonlyMap<Keeper, z.input<typeof placeSchema>>;
}

function itemView({ content, entry, size, kind, copies, keeper }: AtRisk, { db, views, places }: Shown) {
  const row = contentById(db, content);
  const place = places.get(keeper);
  if (!row || !place) return [];
  const [view] = views.byIds([entry]);
  const content_id = uuidToText(contentUuid(row.hash));
  return [{ content_id, size, kind: kindOfCode(kind), copies, ...(view ? { entry: view } : {}), place }];
}

function placeOf({ volume, locations }: Keeper, db: ReadConnection, files: ReadFiles): z.input<typeof placeSchema> {
  const row = volume === undefined ? undefined : volumeById(db, volume);
  const offline = locations.every((location) => presenceOf(location, files) === 'offline');
  return {
    ...(row ? { volume: { id: uuidToText(row.uuid), name: row.name } } : {}),
    locations: locations.map(({ name }) => name),
    ...(offline ? { offline } : {}),
  };
}
