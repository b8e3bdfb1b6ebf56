import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { test } from 'node:test';
import type { Operation } from '../operation.ts';
import { operations } from './index.ts';

/** Each file that holds an operation, by the name its path gives it: `locations/preview-rules.ts` → that module. */
const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .map((path) => path.split(sep).join('/'))
  .filter((path) => path.includes('/') && path.endsWith('.ts') && !path.endsWith('.test.ts'));

const nameOf = (path: string): string => path.replace(/\.ts$/, '').replace('/', '.').replaceAll('-', '_');

test('every operation in a file is listed, under the name of its path', async () => {
  const found = await Promise.all(
    files.map(async (path) => {
      const module = (await import(`./${path}`)) as Record<string, unknown>;
      const inside = Object.values(module).filter(isOperation);
      return { expected: nameOf(path), names: inside.map(({ name }) => name), listed: inside.every(isListed) };
    }),
  );
  for (const { expected, names, listed } of found) {
    assert.deepEqual(names, [expected], `one operation in the file of ${expected}`);
    assert.ok(listed, `${expected} is missing in operations/index.ts`);
  }
  assert.equal(operations.length, files.length);
});

test('no name is taken twice, and every declaration says what it does', () => {
  const names = operations.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const { name, summary } of operations) {
    assert.match(name, /^[a-z]+\.[a-z_]+$/);
    assert.match(summary, /^[A-Z][^\n]*\.$/, `the summary of ${name} is a sentence on one line`);
  }
});

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'type' in value && 'name' in value && 'permissions' in value;
}

function isListed(operation: Operation): boolean {
  return (operations as readonly unknown[]).includes(operation);
}
