import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { operations } from '@sd/core/operations/index.ts';
import { commands, groups } from './index.ts';

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

test('what errors advise is said in commands that there are, not in methods', async () => {
  const advice = await adviceOfCore();
  const names = new Set(methods.map((method) => method.slice(method.indexOf(':') + 1)));
  const known = [...commands, ...groups].map(({ name }) => name);
  assert.ok(advice.length > 100, 'it is read where it stands');
  assert.deepEqual(
    advice.filter((text) => (text.match(/\b[a-z]+\.[a-z_]+/g) ?? []).some((word) => names.has(word))),
    [],
  );
  const advised = advice.flatMap((text) => [...text.matchAll(/\bsd ([a-z]+)/g)].map(([, word]) => word ?? ''));
  assert.deepEqual(
    advised.filter((word) => !known.some((name) => name.split(' ')[0] === word)),
    [],
  );
});

/** The lines of the core that give a way out. */
async function adviceOfCore(): Promise<string[]> {
  const source = join(import.meta.dirname, '../../../../packages/core/src');
  const files = (await readdir(source, { recursive: true })).filter((path) => /(?<!\.test)\.ts$/.test(path));
  const texts = await Promise.all(files.map((path) => readFile(join(source, path), 'utf8')));
  return texts.flatMap((text) => text.match(/way_out: [^\n]*(?:\n\s+[?:] [^\n]+)*/g) ?? []);
}
