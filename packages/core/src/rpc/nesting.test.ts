import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nestsDeeper } from './nesting.ts';

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

test('agrees with the depth of the parsed value, strings full of brackets and escapes included', () => {
  const nasty = fc.string({ unit: fc.constantFrom('[', ']', '{', '}', '"', '\\', 'a') });
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 8 },
      nasty,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(nasty, tie('tree'), { maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(tree, fc.integer({ min: 0, max: 8 }), (value, limit) => {
      assert.equal(nestsDeeper(JSON.stringify(value), limit), depthOf(value) > limit);
    }),
    { numRuns: 1000 },
  );
});

test('stops at the first bracket too many', () => {
  const before = process.threadCpuUsage();
  assert.equal(nestsDeeper('['.repeat(32) + '"'.padEnd(50_000_000, 'x'), 31), true);
  assert.ok(process.threadCpuUsage(before).user < 1_000_000);
});

test('a string without an end is left to the parser', () => {
  assert.equal(nestsDeeper(`${'['.repeat(5)}"${'['.repeat(100)}`, 10), false);
});
