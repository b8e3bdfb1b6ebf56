import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Watching } from '../src/platform.ts';
import { temporaryFolder } from '../src/testing/open-test-core.ts';
import { RandomTree, anyEdit } from '../src/testing/random-tree.ts';
import { WatchBench, type WatchBenchOptions, freshPicture } from '../src/testing/watch-bench.ts';

/** More, and other ones, with SD_FUZZ=500. */
const RUNS = Number(process.env['SD_FUZZ'] ?? 12);
const SEED = process.env['SD_SEED'];
const parameters = { numRuns: RUNS, ...(SEED ? { seed: Number(SEED) } : {}) };

const anyHistory = fc.record({
  mode: fc.constantFrom('shallow' as const, 'content' as const),
  begin: fc.array(anyEdit, { minLength: 5, maxLength: 30 }),
  rounds: fc.array(fc.array(anyEdit, { maxLength: 12 }), { minLength: 1, maxLength: 5 }),
  /** Between two of these the watcher has a moment. */
  pauses: fc.boolean(),
});

/** Tells nothing of every other change, then that something was lost. */
function forgetful(real: Watching): Watching {
  let told = 0;
  const lost = new Set<() => void>();
  return {
    ...real,
    watch: (path, onChange, onError) =>
      real.watch(
        path,
        (name) => {
          if (told++ % 2 === 0) return onChange(name);
          setTimeout(() => lost.forEach((call) => call()), 1);
        },
        onError,
      ),
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
      fc.asyncProperty(anyHistory, async ({ mode, begin, rounds, pauses }) => {
        const place = `${folder}/${++run}`;
        mkdirSync(place);
        const tree = new RandomTree(place);
        const bench = new WatchBench(place, options);
        try {
          tree.apply(begin);
          const location = await bench.add(tree.path, mode);
          bench.start();
          await bench.settled();
          for (const edits of rounds) {
            if (pauses)
              for (const edit of edits) {
                tree.apply([edit]);
                await new Promise((resolve) => setImmediate(resolve));
              }
            else tree.apply(edits);
            const expected = await freshPicture(place, tree.path, mode);
            await bench.settled();
            assert.deepEqual(bench.warnings, []);
            assert.deepEqual(bench.scans.problems(), []);
            const after = bench.picture(location);
            assert.deepEqual(after.entries, expected);
          }
        } finally {
          await bench.close();
          tree.remove();
        }
      }),
      parameters,
    );
  });
}
