import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { WHOLE_UP_TO, sampledBytes, samplingPlan } from './content-id.ts';

test('small files are hashed whole', () => {
  assert.deepEqual(samplingPlan(0), {});
  assert.deepEqual(samplingPlan(WHOLE_UP_TO), {});
});

test('of a bigger one the same ranges always: in order, apart, within it, both ends among them', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.integer({ min: WHOLE_UP_TO + 1, max: 4 * WHOLE_UP_TO }),
        fc.integer({ min: WHOLE_UP_TO + 1, max: 2 ** 50 }),
      ),
      (size) => {
        const { prefix, ranges = [] } = samplingPlan(size);
        assert.deepEqual(samplingPlan(size), { prefix, ranges });
        assert.equal(ranges.length, 6);
        assert.equal(ranges[0]?.start, 0);
        assert.equal((ranges[5]?.start ?? 0) + (ranges[5]?.length ?? 0), size);
        const gaps = ranges
          .slice(1)
          .map((range, index) => range.start - ((ranges[index]?.start ?? 0) + (ranges[index]?.length ?? 0)));
        assert.ok(Math.min(...gaps) > 0 && Math.max(...gaps) - Math.min(...gaps) <= 1, `evenly spaced: ${gaps}`);
        assert.equal(
          ranges.reduce((sum, range) => sum + range.length, 0),
          sampledBytes(size),
        );
        assert.equal(sampledBytes(size), 56 * 1024);
        assert.equal(new DataView((prefix ?? new Uint8Array(8)).buffer).getBigUint64(0, true), BigInt(size));
      },
    ),
  );
});

test('the plan is pinned: content ids made today must be found tomorrow', () => {
  assert.deepEqual(samplingPlan(1_000_000).ranges, [
    { start: 0, length: 8192 },
    { start: 196723, length: 10240 },
    { start: 395494, length: 10240 },
    { start: 594265, length: 10240 },
    { start: 793036, length: 10240 },
    { start: 991808, length: 8192 },
  ]);
});
