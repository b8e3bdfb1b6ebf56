import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from './suggest.ts';

test('a slip of the finger finds the name that was meant', () => {
  assert.equal(nearest('Fotos', ['Photos', 'Music']), 'Photos');
  assert.equal(nearest('Photso', ['Photos', 'Music']), 'Photos');
  assert.equal(nearest('mus', ['Photos', 'Music']), 'Music');
});

test('what is not near is not suggested', () => {
  assert.equal(nearest('Archive', ['Photos', 'Music']), undefined);
  assert.equal(nearest('x', []), undefined);
});
