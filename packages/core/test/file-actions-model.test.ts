import { test } from 'node:test';
import fc from 'fast-check';
import { FileActionsModel } from '../src/testing/file-actions-model.ts';
import type { ActionStep, EditStep, ModelStep } from '../src/testing/model-step.ts';
import { temporaryFolder } from '../src/testing/open-test-core.ts';

/** More, and other ones, with SD_FUZZ=500. */
const RUNS = Number(process.env['SD_FUZZ'] ?? 5);
const SEED = process.env['SD_SEED'];

const any = fc.nat({ max: 1_000 });
const name = fc.constantFrom('a.txt', 'b', 'c', 'C', 'a 2.txt', 'd.tar.gz', 'ü', '.hidden', 'e');
const policy = fc.constantFrom(...(['skip', 'replace', 'keep_both', 'newer', 'larger'] as const));
const action: fc.Arbitrary<ActionStep> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('copy' as const, 'move' as const), what: any, to: any, policy }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rename' as const), what: any, name }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('create_folder' as const, 'create_file' as const), to: any, name }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('trash' as const, 'delete' as const, 'set_times' as const), what: any }),
  },
);
const edit: fc.Arbitrary<EditStep> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('write' as const), to: any, name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('modify' as const, 'remove' as const), what: any }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move_aside' as const), what: any, name }) },
);
const step: fc.Arbitrary<ModelStep> = fc.oneof(
  { weight: 10, arbitrary: action },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom(...(['undo', 'redo', 'undo', 'restore'] as const)) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rescan' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('tag' as const), what: any }) },
  { weight: 2, arbitrary: edit },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('meanwhile' as const), action, edit }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('fault' as const), at: fc.nat({ max: 12 }), after: fc.boolean() }),
  },
);
/** In some the folders are watched. */
const watched = fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });

test('whatever is done to files, taken back, edited behind our back and interrupted: disk, index and model agree', async (context) => {
  await fc.assert(
    fc.asyncProperty(watched, fc.array(step, { minLength: 5, maxLength: 25 }), async (isWatched, steps) => {
      const ends: (() => void | Promise<void>)[] = [];
      try {
        const scope = { after: (call: () => void | Promise<void>) => void ends.unshift(call) };
        const model = await FileActionsModel.open(scope, temporaryFolder(scope), isWatched);
        for (const one of steps) await model.take(one);
        await model.end();
      } finally {
        for (const end of ends) await end();
      }
    }),
    {
      numRuns: RUNS,
      ...(SEED ? { seed: Number(SEED) } : {}),
      endOnFailure: process.env['SD_SHRINK'] === undefined,
      ...(process.env['SD_PATH'] ? { path: process.env['SD_PATH'] } : {}),
    },
  );
  context.diagnostic(`${RUNS} runs`);
});
