import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operations } from '@sd/core/operations/index.ts';
import { commands } from './index.ts';

const called = new Set((await Promise.all(commands.map((entry) => entry.load()))).flatMap((command) => command.calls));
const methods = operations.map(({ type, name }) => `${type}:${name}`);

test('every operation can be reached through a command', () => {
  assert.deepEqual(
    methods.filter((method) => !called.has(method)),
    [],
  );
});

test('no command calls what does not exist', () => {
  assert.deepEqual(
    [...called].filter((method) => !method.startsWith('rpc.') && !methods.some((known) => known === method)),
    [],
  );
});
