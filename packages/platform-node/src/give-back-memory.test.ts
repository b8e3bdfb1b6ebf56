import assert from 'node:assert/strict';
import { test } from 'node:test';
import { giveBackMemory } from './give-back-memory.ts';

test('memory that nothing holds any more goes back', () => {
  let held: unknown[] | undefined = Array.from({ length: 400_000 }, (_, at) => ({ at, text: `entry ${at}` }));
  const before = process.memoryUsage().heapTotal;
  assert.equal(held.length, 400_000);
  held = undefined;
  giveBackMemory();
  assert.ok(process.memoryUsage().heapTotal < before - 10 * 2 ** 20);
});
