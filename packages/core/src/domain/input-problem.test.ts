import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { inputProblem } from './input-problem.ts';

function said(schema: z.ZodType, input: unknown): string | undefined {
  return schema.safeParse(input, { error: inputProblem }).error?.issues[0]?.message;
}

test('bounds are said as people say them', () => {
  assert.equal(said(z.string().max(2_000), 'x'.repeat(2_001)), 'it must have at most 2,000 characters');
  assert.equal(said(z.string().min(1), ''), 'it is empty');
  assert.equal(said(z.string().length(1), 'ab'), 'it must have exactly 1 character');
  assert.equal(said(z.array(z.string()).min(2), ['a']), 'it must have at least 2 items');
  assert.equal(said(z.number().max(5), 6), 'it must be at most 5');
  assert.equal(said(z.number().positive(), 0), 'it must be more than 0');
});

test('other types and values are said as people say them', () => {
  assert.equal(said(z.string(), undefined), 'it is missing');
  assert.equal(said(z.string(), 3), 'it must be a text');
  assert.equal(said(z.int(), 1.5), 'it must be a whole number');
  assert.equal(said(z.enum(['a', 'b', 'c']), 'd'), 'it must be a, b or c');
  assert.equal(said(z.strictObject({}), { x: 1 }), 'there is no "x"');
});

test('what a schema says of itself goes before', () => {
  assert.equal(said(z.string().max(1, 'one letter, please'), 'ab'), 'one letter, please');
});
