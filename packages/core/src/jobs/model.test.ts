import { test } from 'node:test';
import fc from 'fast-check';
import { JobModel, type Step } from '../testing/job-model.ts';
import { JOB_PRIORITIES } from './job-manager.ts';

const small = fc.nat({ max: 30 });
const enqueue: fc.Arbitrary<Step> = fc.record(
  {
    do: fc.constant('enqueue' as const),
    priority: fc.constantFrom(...JOB_PRIORITIES),
    group: fc.nat({ max: 3 }),
    items: fc.integer({ min: 1, max: 8 }),
    slow: fc.boolean(),
    after: small,
    fault: fc.constantFrom('none', 'none', 'none', 'passing', 'lasting'),
  },
  { requiredKeys: ['do', 'priority', 'group', 'items', 'slow', 'fault'] },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: enqueue },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('pause', 'resume', 'cancel', 'retry'), job: small }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('work' as const), turns: fc.nat({ max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('limit' as const), atOnce: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('kill', 'restart') }) },
);

test('whatever is asked, in whatever order, over deaths and restarts: each job does all it has to, once, in its turn', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const model = new JobModel();
      try {
        for (const one of steps) await model.take(one);
        await model.settle();
      } finally {
        model.remove();
      }
    }),
    { numRuns: Number(process.env['SD_FUZZ'] ?? 30) },
  );
});
