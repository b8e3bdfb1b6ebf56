import assert from 'node:assert/strict';
import { existsSync, lstatSync, mkdirSync, renameSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Watching } from '../src/ports/watching.ts';
import type { EntryPicture } from '../src/testing/index-picture.ts';
import { type Picture, keptIds } from '../src/testing/kept-ids.ts';
import { temporaryFolder } from '../src/testing/open-test-core.ts';
import { RandomTree, anyEdit } from '../src/testing/random-tree.ts';
import { freshPicture } from '../src/testing/fresh-picture.ts';
import { WatchBench, type WatchBenchOptions } from '../src/testing/watch-bench.ts';

/** More, and other ones, with SD_FUZZ=500. */
const RUNS = Number(process.env['SD_FUZZ'] ?? 5);
const SEED = process.env['SD_SEED'];
const parameters = {
  numRuns: RUNS,
  endOnFailure: process.env['SD_SHRINK'] === undefined,
  ...(SEED ? { seed: Number(SEED) } : {}),
};

/** From one of the two locations to the other; the numbers choose among what is there. */
const anyCrossing = fc.record({ from: fc.nat(1), what: fc.nat(999), to: fc.nat(999) });
const anyHistory = fc.record({
  mode: fc.constantFrom('shallow' as const, 'content' as const),
  begin: fc.tuple(fc.array(anyEdit, { minLength: 5, maxLength: 30 }), fc.array(anyEdit, { maxLength: 10 })),
  rounds: fc.array(
    fc.record({
      edits: fc.tuple(fc.array(anyEdit, { maxLength: 10 }), fc.array(anyEdit, { maxLength: 6 })),
      crossings: fc.array(anyCrossing, { maxLength: 3 }),
      /** The watcher has a moment after each edit, and may see what lies between. */
      slow: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  ),
});

/** Tells nothing of every other change, then that something was lost. */
function forgetful(real: Watching): Watching {
  let told = 0;
  const lost = new Set<() => void>();
  return {
    ...real,
    watch: (path, tag, news) =>
      real.watch(path, tag, () => {
        if (told++ % 2 === 0) return news(tag);
        setImmediate(() => lost.forEach((call) => call()));
      }),
    onLost: (call) => {
      lost.add(call);
      return () => void lost.delete(call);
    },
  };
}

const WAYS: Readonly<Record<string, WatchBenchOptions>> = {
  watched: {},
  'with news that were lost': { watching: forgetful },
  'with few watches, the rest polled': { limit: 3 },
  'only polled': { limit: 0 },
};

for (const [way, options] of Object.entries(WAYS)) {
  test(`whatever is edited, the index of what is ${way} ends as a fresh one would be`, async (t) => {
    const folder = temporaryFolder(t);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(anyHistory, async ({ mode, begin, rounds }) => {
        const place = `${folder}/${++run}`;
        mkdirSync(place);
        const trees = [new RandomTree(place), new RandomTree(place)] as const;
        const bench = new WatchBench(place, options);
        try {
          trees.forEach((tree, at) => tree.apply(begin[at] ?? []));
          const locations = [await bench.add(trees[0].path, mode), await bench.add(trees[1].path, mode)];
          const both = (): Picture => together(locations.map((location) => bench.picture(location)));
          bench.start();
          await bench.settled();
          for (const { edits, crossings, slow } of rounds) {
            const before = both();
            const steps = [
              ...trees.flatMap((tree, at) => (edits[at] ?? []).map((edit) => () => tree.apply([edit]))),
              ...crossings.map(
                ({ from, what, to }) =>
                  () =>
                    cross(trees[from] ?? trees[0], trees[1 - from] ?? trees[1], what, to),
              ),
            ];
            for (const step of steps) {
              step();
              if (slow) await new Promise((resolve) => setImmediate(resolve));
            }
            await bench.settled();
            assert.deepEqual(bench.warnings, []);
            assert.deepEqual(bench.scans.problems(), []);
            for (const [at, tree] of trees.entries())
              assert.deepEqual(bench.picture(locations[at] ?? '').entries, await freshPicture(place, tree.path, mode));
            // What lay between may be another thing under a name, and be known by that from then on.
            if (!slow) keptIds(before, both());
          }
        } finally {
          await bench.close();
        }
      }),
      parameters,
    );
  });
}

function cross(from: RandomTree, to: RandomTree, what: number, where: number): void {
  const things = from.everything;
  const folders = [to.path, ...to.everything.filter((path) => lstatSync(path).isDirectory())];
  const thing = things[what % Math.max(1, things.length)];
  const target = `${folders[where % folders.length]}/crossed ${what}`;
  if (thing !== undefined && !existsSync(target)) renameSync(thing, target);
}

/** Two locations as one, so that what crosses from one to the other is seen to be the same. */
function together(pictures: readonly Picture[]): Picture {
  const all = { entries: new Map<string, EntryPicture>(), ids: new Map<string, number>() };
  for (const [at, { entries, ids }] of pictures.entries()) {
    for (const [path, entry] of entries) all.entries.set(`${at}/${path}`, entry);
    for (const [path, id] of ids) all.ids.set(`${at}/${path}`, id);
  }
  return all;
}
