import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { shellWord } from './shell-word.ts';
import { asTyped } from './typed.ts';

test('a word is quoted where a shell would take it apart', () => {
  assert.equal(shellWord('/home/ada/Pictures'), '/home/ada/Pictures');
  for (const word of ['two words', '$HOME `id` "x" \\', 'a;b', '*', "it's"]) {
    assert.equal(spawnSync('/bin/sh', ['-c', `printf %s ${shellWord(word)}`], { encoding: 'utf8' }).stdout, word);
  }
});

test('in a clone commands are named as they can be typed there', () => {
  const text = 'run "sd ls", or sd location add; not sd-card, nor an sd of another kind';
  assert.equal(asTyped(text, {}), text);
  assert.equal(
    asTyped(text, { npm_command: 'exec' }),
    'run "npx sd ls", or npx sd location add; not sd-card, nor an sd of another kind',
  );
  assert.equal(asTyped('sd start', { npm_lifecycle_event: 'start' }), 'npx sd start');
});
