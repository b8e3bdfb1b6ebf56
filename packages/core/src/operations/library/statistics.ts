import { z } from 'zod';
import { PrivateEntries } from '../../db/library/private-entries.ts';
import { duplicateTotals } from '../../db/library/duplicates.ts';
import { type Sum, fileTotals } from '../../db/library/file-totals.ts';
import { liveRoots } from '../../db/library/live-roots.ts';
import { writeState } from '../../db/library/write-state.ts';
import { entryViewSchema } from '../../domain/entry.ts';
import { KINDS, kindOfCode } from '../../domain/kinds.ts';
import { CopyViews } from '../../hashing/copy-views.ts';
import { query } from '../../operation.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { alsoPrivate, leftOut, privateLeftOut } from '../private-input.ts';
import { isReady } from '../../search/finding/world.ts';

const LARGEST = 10;
const EXTENSIONS = 20;

const sums = { files: z.int(), bytes: z.int() };

export const libraryStatistics = query({
  summary: 'What the library holds: counts, bytes, kinds, the largest files, candidate duplicates.',
  name: 'library.statistics',
  scope: 'library',
  thread: 'reader',
  input: z.object({ private: alsoPrivate }),
  output: z.object({
    entries: z.int().describe('files, folders, links and the rest, without the locations themselves'),
    private_left_out: privateLeftOut.describe('so many entries more count for who asks for private ones'),
    files: z.int(),
    folders: z.int(),
    bytes: z.int().describe('of the files, hard links once'),
    kinds: z.array(z.object({ kind: z.enum(KINDS), ...sums })).describe('of files, those with most bytes first'),
    largest: z.array(entryViewSchema).max(LARGEST),
    extensions: z
      .array(z.object({ extension: z.string(), ...sums }))
      .max(EXTENSIONS)
      .describe('the most frequent'),
    locations: z.int(),
    contents: z.int().describe('different contents that are known, also of private files'),
    duplicates: z
      .object({ groups: z.int(), files: z.int(), reclaimable_bytes: z.int() })
      .describe('candidates included; empty files left out'),
    database_bytes: z.int().describe('of the database file, without what is still in its log'),
    text_index: z
      .object({ state: z.enum(['building', 'ready']), done: z.int(), total: z.int() })
      .describe('names that search finds by index; the rest it finds by looking at each'),
    revision: z.int().describe('of the last change'),
  }),
  errors: [],
  permissions: ['library.read'],

  run({ library: { db, names }, device, files, checkCancelled }, { private: alsoHidden }) {
    const hidden = alsoHidden ? undefined : new PrivateEntries(db);
    const roots = liveRoots(db);
    const index = names?.current();
    const totals = fileTotals(db, roots, {
      largest: LARGEST,
      mark: index?.mark ?? 0,
      check: checkCancelled,
      isLeftOut: hidden?.everywhere(),
    });
    const all = totals.entries + totals.leftOut;
    checkCancelled();
    const duplicates = duplicateTotals(db, { minSize: 1, without: hidden && [...hidden.tops] });
    const kinds = [...totals.kinds].map(([code, sum]) => ({ kind: kindOfCode(code), ...sum }));
    return {
      entries: totals.entries,
      ...leftOut(totals.leftOut),
      files: kinds.reduce((sum, kind) => sum + kind.files, 0),
      folders: totals.folders,
      bytes: kinds.reduce((sum, kind) => sum + kind.bytes, 0),
      kinds: merged(kinds).sort((a, b) => b.bytes - a.bytes || b.files - a.files),
      largest: new CopyViews(db, { files, device }).byIds(totals.largest),
      extensions: mostFrequent(totals.extensions),
      locations: roots.ids.length,
      contents: count(db, 'SELECT count(*) AS value FROM contents'),
      duplicates: { groups: duplicates.groups, files: duplicates.files, reclaimable_bytes: duplicates.reclaimable },
      database_bytes: count(db, 'SELECT page_count * page_size AS value FROM pragma_page_count, pragma_page_size'),
      text_index: {
        state: isReady(index, totals.above) ? ('ready' as const) : ('building' as const),
        done: all - totals.above,
        total: all,
      },
      revision: writeState(db).revision,
    };
  },
});

/** Codes of a newer version all read as `unknown`. */
function merged<T extends Sum & { kind: string }>(kinds: readonly T[]): T[] {
  const byKind = new Map<string, T>();
  for (const one of kinds) {
    const known = byKind.get(one.kind);
    byKind.set(one.kind, known ? { ...known, files: known.files + one.files, bytes: known.bytes + one.bytes } : one);
  }
  return [...byKind.values()];
}

function mostFrequent(extensions: ReadonlyMap<string, Sum>): ({ extension: string } & Sum)[] {
  const named = [...extensions]
    .filter(([extension]) => extension !== '')
    .map(([extension, sum]) => ({ extension, ...sum }));
  return named
    .sort((a, b) => b.files - a.files || b.bytes - a.bytes || (a.extension < b.extension ? -1 : 1))
    .slice(0, EXTENSIONS);
}

function count(db: ReadConnection, sql: string): number {
  return db.prepare<{ value: number }>(sql).get()?.value ?? 0;
}
