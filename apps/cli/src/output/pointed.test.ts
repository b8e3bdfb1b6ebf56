import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointed } from './pointed.ts';

test('marks stand under what is wrong, however wide its characters are', () => {
  assert.deepEqual(pointed('a type:imag b', { start: 7, length: 4 }), ['a type:imag b', '       ^^^^']);
  assert.deepEqual(pointed('東京 type:imag', { start: 8, length: 4 }), ['東京 type:imag', '          ^^^^']);
  assert.deepEqual(pointed('\u001b tag:', { start: 2, length: 4 }), ['\\x1b tag:', '     ^^^^']);
  assert.deepEqual(pointed('x', { start: 1, length: 0 }), ['x', ' ^']);
});

test('of a long text the part around the place is shown', () => {
  const [line = '', marks = ''] = pointed(`${'a '.repeat(200)}sise:5${' b'.repeat(200)}`, { start: 400, length: 4 });
  assert.ok(line.length < 140);
  assert.equal(line.slice(marks.indexOf('^'), marks.length), 'sise');
});
