import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LocationRules } from '../src/domain/location.ts';
import { FailingDisk } from '../src/testing/failing-disk.ts';
import { freshPicture } from '../src/testing/fresh-picture.ts';
import { indexPicture } from '../src/testing/index-picture.ts';
import { keptIds } from '../src/testing/kept-ids.ts';
import { temporaryFolder } from '../src/testing/open-test-core.ts';
import { RandomTree, anyEdit } from '../src/testing/random-tree.ts';
import { Replica, currentState } from '../src/testing/replica.ts';
import { ScanBench } from '../src/testing/scan-bench.ts';

/** More, and other ones, with SD_FUZZ=500. */
const RUNS = Number(process.env['SD_FUZZ'] ?? 20);
const SEED = process.env['SD_SEED'];
const parameters = { numRuns: RUNS, ...(SEED ? { seed: Number(SEED) } : {}) };

/** Most rounds are plain: what compares everything hides what a plain scan forgets. */
function seldom<T, U>(what: fc.Arbitrary<T>, otherwise: U): fc.Arbitrary<T | U> {
  return fc.oneof({ arbitrary: fc.constant(otherwise), weight: 5 }, { arbitrary: what, weight: 1 });
}

const anyRound = fc.record({
  edits: fc.array(anyEdit, { maxLength: 10 }),
  full: seldom(fc.constant(true), false),
  rules: seldom(fc.record({ hidden: fc.boolean(), exclude: fc.subarray(['*.txt', 'a', 'b/', 'c.*']) }), undefined),
  /** The scan stops at the n-th sign of life, or its n-th write fails; then others follow until one is whole. */
  cuts: fc.array(fc.record({ how: fc.constantFrom('stop', 'fail'), at: fc.integer({ min: 1, max: 6 }) }), {
    maxLength: 2,
  }),
});
const anyHistory = fc.record({
  mode: fc.constantFrom('shallow' as const, 'content' as const),
  begin: fc.array(anyEdit, { minLength: 5, maxLength: 30 }),
  rounds: fc.array(anyRound, { minLength: 1, maxLength: 4 }),
});

test('whatever was edited, and however often the scan was cut off, the index ends as a fresh one would be', async (t) => {
  const folder = temporaryFolder(t);
  let run = 0;
  await fc.assert(
    fc.asyncProperty(anyHistory, async ({ mode, begin, rounds }) => {
      const place = `${folder}/${++run}`;
      mkdirSync(place);
      const tree = new RandomTree(place);
      const disk = new FailingDisk();
      const bench = new ScanBench(place, { ports: disk.ports });
      const replica = new Replica();
      try {
        tree.apply(begin);
        const location = await bench.add(tree.path, mode);
        let rules: Partial<LocationRules> = {};
        await bench.scan(location);
        for (const round of rounds) {
          const before = indexPicture(bench.library.db, bench.location(location).root_entry_id);
          const sameRules = round.rules === undefined;
          tree.apply(round.edits);
          if (round.rules) await bench.change(location, { rules: (rules = round.rules) });
          for (const { how, at } of round.cuts) {
            if (how === 'fail') disk.failAt(at);
            await bench.attempt(location, { full: round.full, ...(how === 'stop' ? stopAt(at) : {}) });
            disk.failAt(Infinity);
            assert.deepEqual(bench.problems(), [], 'after a scan that was cut off');
            replica.follow(bench.library.db);
          }
          const result = await bench.scan(location, { full: round.full });
          assert.deepEqual(bench.problems(), []);
          const after = indexPicture(bench.library.db, bench.location(location).root_entry_id);
          assert.deepEqual(after.entries, await freshPicture(place, tree.path, mode, rules));
          assert.equal(result.files + result.folders + result.other, after.entries.size - 1);
          if (sameRules) keptIds(before, after);
          replica.follow(bench.library.db);
          const { entries, contents } = currentState(bench.library.db);
          assert.deepEqual(replica.entries, entries);
          for (const [hash, facts] of contents) assert.deepEqual(replica.contents.get(hash), facts);
        }
        const again = await bench.scan(location);
        assert.deepEqual([again.added, again.modified, again.moved, again.removed, again.identified], [0, 0, 0, 0, 0]);
      } finally {
        await bench.close();
      }
    }),
    parameters,
  );
});

function stopAt(sign: number): { signal: AbortSignal; progress(): void } {
  const stop = new AbortController();
  let signs = 0;
  return {
    signal: stop.signal,
    progress: () => {
      if (++signs === sign) stop.abort();
    },
  };
}
