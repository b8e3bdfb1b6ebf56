import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberedName } from './numbered-name.ts';

const file = { folder: false, longest: 255 };

test('the number stands before the suffix, and after all of a folder’s name', () => {
  assert.equal(numberedName('letter.txt', 2, file), 'letter 2.txt');
  assert.equal(numberedName('backup.tar.gz', 3, file), 'backup 3.tar.gz');
  assert.equal(numberedName('.bashrc', 2, file), '.bashrc 2');
  assert.equal(numberedName('README', 2, file), 'README 2');
  assert.equal(numberedName('1. The rest of the sentence', 2, file), '1. The rest of the sentence 2');
  assert.equal(numberedName('v1.2', 2, { ...file, folder: true }), 'v1.2 2');
});

test('a name that is full is cut by whole characters', () => {
  assert.equal(numberedName('x'.repeat(255), 2, file), `${'x'.repeat(253)} 2`);
  assert.equal(numberedName(`${'é'.repeat(125)}.txt`, 10, file), `${'é'.repeat(124)} 10.txt`);
  assert.equal(numberedName('😀😀', 2, { folder: false, longest: 9 }), '😀 2');
});
