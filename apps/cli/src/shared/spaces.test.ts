import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amongOf, idOf } from './spaces.ts';

const ITEMS = [
  { id: 'one', name: 'Projects' },
  { id: 'two', name: 'projects' },
  { id: 'three', name: 'Photos' },
  // Groups that show all there is have items without ids.
  { name: 'Music' },
];

test('what is pinned is named by id, or by a name that only one has', () => {
  assert.equal(idOf(ITEMS, 'two'), 'two');
  assert.equal(idOf(ITEMS, 'PHOTOS'), 'three');
  assert.throws(() => idOf(ITEMS, 'Projects'), { code: 'CONFLICT', wayOut: 'name one by its id: one, two' });
  assert.throws(() => idOf(ITEMS, 'Music'), { code: 'NOT_FOUND' });
});

test('a place before or after a name that two have is refused', () => {
  const nowhere = { before: undefined, after: undefined, start: false, end: false };
  assert.deepEqual(amongOf({ ...nowhere, before: 'photos' }, ITEMS), { before: 'three' });
  assert.throws(() => amongOf({ ...nowhere, after: 'Projects' }, ITEMS), { code: 'CONFLICT' });
});
