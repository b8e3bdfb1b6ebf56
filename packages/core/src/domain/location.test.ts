import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_RULES, isUnmounted, partialRulesSchema, withRules } from './location.ts';

test('rules change where they are given, and stay where they are not', () => {
  assert.deepEqual(withRules({}), DEFAULT_RULES);
  const changed = withRules(partialRulesSchema.parse({ hidden: true, exclude: ['*.tmp'] }));
  assert.deepEqual(changed, { ...DEFAULT_RULES, hidden: true, exclude: ['*.tmp'] });
  assert.equal(withRules({ hidden: false }, changed).exclude[0], '*.tmp');
  assert.equal(partialRulesSchema.safeParse({ hiden: true }).success, false, 'a slip of the pen is no rule');
});

test('a disk is away where another folder on another file system stands in its place', () => {
  assert.equal(isUnmounted({ root_device: 1, root_inode: 2 }, { device: 3, inode: 4 }), true);
  assert.equal(
    isUnmounted({ root_device: 1, root_inode: 2 }, { device: 1, inode: 4 }),
    false,
    'the folder was made anew',
  );
  assert.equal(
    isUnmounted({ root_device: 1, root_inode: 2 }, { device: 3, inode: 2 }),
    false,
    'the disk has another number now',
  );
  assert.equal(isUnmounted({ root_device: null, root_inode: null }, { device: 3, inode: 4 }), false, 'never scanned');
});
