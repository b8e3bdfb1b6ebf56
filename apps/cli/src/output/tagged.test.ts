import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tagged } from './tagged.ts';

const one = { names: ['work/project'], changed: 2, targets: 2, entries: 2 };

test('what was tagged is counted, and the tag is named where another name was typed', () => {
  assert.equal(tagged(['Work/project'], one), 'tagged 2 files');
  assert.equal(tagged(['project'], one), 'tagged 2 files "work/project"');
  assert.equal(tagged(['project'], { ...one, changed: 1 }), 'tagged 1 file "work/project"; 1 had it already');
  assert.equal(tagged(['project'], { ...one, changed: 0 }), 'all 2 files had it already');
});

test('copies are files of one content; nothing found is said', () => {
  const copies = { ...one, changed: 3, targets: 3, entries: 1_000 };
  assert.equal(tagged(['work/project'], copies), 'tagged 1,000 files (3 contents)');
  assert.equal(
    tagged(['work/project'], { ...one, changed: 0, targets: 0, entries: 0 }),
    'no file was found: nothing was tagged',
  );
});

test('of several tags it is not counted which file had which', () => {
  const both = { names: ['a', 'b'], changed: 3, targets: 2, entries: 2 };
  assert.equal(tagged(['a', 'b'], both), 'tagged 2 files; some had some of them already');
  assert.equal(tagged(['a', 'b'], { ...both, changed: 4 }), 'tagged 2 files');
});
