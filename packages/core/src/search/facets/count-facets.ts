import { listLocations } from '../../db/library/locations.ts';
import { FOLDER } from '../../domain/entry.ts';
import type { Facet, FacetCounts } from '../../domain/facet.ts';
import { fold } from '../../domain/fold.ts';
import { uuidToText } from '../../domain/ids.ts';
import { extensionOf, kindOfCode } from '../../domain/kinds.ts';
import { writeNumberRange } from '../../domain/query/number-range.ts';
import { asName } from '../../domain/query/print.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { byRating } from '../filtering/said.ts';
import { treeNow } from '../finding/world.ts';
import { countTags } from './by-tag.ts';
import { type Gathered, Tally } from './gathered.ts';
import { yearOf, yearOnClock } from './years.ts';

type Value = FacetCounts['values'][number];
type Counter = (db: ReadConnection, gathered: Gathered, check: () => void) => Value[];

/** Counts hits by one facet: the values that most have come first, or in their own order. */
export function countFacet(
  facet: Facet,
  { db, gathered, check, limit }: { db: ReadConnection; gathered: Gathered; check: () => void; limit: number },
): FacetCounts {
  check();
  const values = COUNTERS[facet](db, gathered, check);
  return { facet, values: values.slice(0, limit), more: values.length > limit };
}

const KB = 1000;
const SIZE_STEPS = [0, 100 * KB, KB ** 2, 10 * KB ** 2, 100 * KB ** 2, KB ** 3, 10 * KB ** 3];

const COUNTERS: Readonly<Record<Facet, Counter>> = {
  kinds: (_db, { hits }) => {
    const tally = new Tally();
    for (const { kind } of hits) tally.add(kindOfCode(kind));
    return tally.entries().map(([value, count]) => ({ value, count, query: `type:${value}` }));
  },

  extensions: (_db, { hits }) => {
    const tally = new Tally();
    for (const { name, type } of hits) {
      const extension = type === FOLDER ? '' : fold(extensionOf(name));
      if (extension !== '') tally.add(extension);
    }
    return tally.entries().map(([value, count]) => ({ value, count, query: `ext:${asName(value)}` }));
  },

  sizes: (_db, { hits }) => {
    const counts = SIZE_STEPS.map(() => 0);
    for (const { type, size } of hits) {
      if (type === FOLDER) continue;
      const at = SIZE_STEPS.findLastIndex((step) => size >= step);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    return counts.flatMap((count, at) => {
      const [from, next] = [SIZE_STEPS[at] ?? 0, SIZE_STEPS[at + 1]];
      const range = at === 0 ? { to: (next ?? 1) - 1 } : { from, ...(next === undefined ? {} : { to: next - 1 }) };
      const text = writeNumberRange('size', range);
      return count === 0 ? [] : [{ value: text, count, query: `size:${text}` }];
    });
  },

  modified: (_db, { hits }) => {
    const tally = new Tally();
    for (const { mtime } of hits) tally.add(yearText(yearOf(mtime / 1000)));
    return years('modified', tally);
  },

  taken: (db, { contents }) => {
    const row = db
      .prepare<{ ids: string; times: string }>(
        'SELECT json_group_array(content_id) AS ids, json_group_array(taken_local) AS times FROM media WHERE taken_local IS NOT NULL',
      )
      .get();
    const times = listed(row?.times);
    const tally = new Tally();
    for (const [at, content] of listed(row?.ids).entries()) {
      const count = contents.get(content);
      if (count > 0) tally.add(yearText(yearOnClock(times[at] ?? 0)), count);
    }
    return years('taken', tally);
  },

  cameras: (db, { contents }, check) => {
    const tally = new Tally();
    const groups = db.prepare<{ camera: string; ids: string }>(
      'SELECT camera, json_group_array(content_id) AS ids FROM media WHERE camera IS NOT NULL GROUP BY camera',
    );
    for (const { camera, ids } of groups.iterate()) {
      check();
      for (const content of listed(ids)) {
        const count = contents.get(content);
        if (count > 0) tally.add(camera, count);
      }
    }
    return tally.entries().map(([value, count]) => ({ value, count, query: `camera:=${asName(value)}` }));
  },

  tags: (db, gathered, check) =>
    countTags(db, gathered, check)
      .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
      .map(({ label, name, count }) => ({ value: label, count, query: `tag:${asName(name)}` })),

  ratings: (db, { hits }) => {
    const rated = byRating(db, { from: 1 }).members;
    const those = hits.filter(({ id, content }) => rated?.has(id, content));
    return [5, 4, 3, 2, 1].flatMap((stars) => {
      const { members } = byRating(db, { from: stars, to: stars });
      const count = those.reduce((sum, { id, content }) => sum + (members?.has(id, content) ? 1 : 0), 0);
      return count === 0 ? [] : [{ value: String(stars), count, query: `rating:${stars}` }];
    });
  },

  locations: (db, { hits }) => {
    const tree = treeNow(db);
    const counts = new Map<number, number>();
    for (const { parent } of hits) {
      const root = parent === null ? undefined : tree.folder(parent)?.root;
      if (root !== undefined) counts.set(root, (counts.get(root) ?? 0) + 1);
    }
    const all = listLocations(db);
    return all
      .flatMap(({ root_entry_id: root, name, uuid }) => {
        const count = counts.get(root) ?? 0;
        const isOnly = all.filter((other) => other.name.toLowerCase() === name.toLowerCase()).length === 1;
        return count === 0
          ? []
          : [{ value: name, count, query: `location:${isOnly ? asName(name) : uuidToText(uuid)}` }];
      })
      .sort((a, b) => b.count - a.count);
  },
};

function listed(json: string | undefined): number[] {
  return JSON.parse(json ?? '[]') as number[];
}

function yearText(year: number): string {
  return String(year).padStart(4, '0');
}
/** The latest first. */
function years(key: 'modified' | 'taken', tally: Tally): Value[] {
  return tally
    .entries()
    .filter(([year]) => /^\d{4}$/.test(year))
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([value, count]) => ({ value, count, query: `${key}:${value}` }));
}
