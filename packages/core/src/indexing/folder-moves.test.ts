import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileFacts, ReadFiles } from '../ports/files.ts';
import { FolderMoves } from './folder-moves.ts';
import type { KnownChild, KnownChildren } from './known-children.ts';

const TIME = 499_162_500_000_000;
const root = { id: 1, path: '/l' };

/** A folder `/l/a` with inode 7 that the index knows and that is not there any more. */
function movesOf(children: readonly { name: string; inode: number }[], disk: Readonly<Record<string, number>>) {
  const known: Partial<KnownChildren> = {
    foldersOfInode: (inode) => (inode === 7 ? [{ id: 2, parent_id: 1 }] : []),
    isDisplaced: () => false,
    parent: (id) => (id === 2 ? { parent_id: 1, name: 'a' } : undefined),
    mtime: () => TIME,
    some: (_folder, limit) => children.slice(0, limit).map((child) => child as KnownChild),
  };
  const facts = (path: string): FileFacts | undefined =>
    disk[path] === undefined ? undefined : ({ inode: disk[path], type: 0 } as FileFacts);
  const files: Partial<ReadFiles> = { facts, realPath: (path) => path };
  return new FolderMoves(files as ReadFiles, known as KnownChildren, [root]);
}

test('a folder that was moved is told by what is in it', () => {
  const moves = movesOf([{ name: 'x', inode: 8 }], { '/l/b/x': 8 });
  assert.equal(moves.find('/l/b', 7, TIME + 1), 2);
  assert.equal(moves.find('/l/b', 7, TIME), undefined, 'claimed once');
});

test('an inode used again by what was unpacked with the same time is another folder', () => {
  const moves = movesOf([{ name: 'x', inode: 8 }], { '/l/b/x': 9 });
  assert.equal(moves.find('/l/b', 7, TIME), undefined);
});

test('an empty folder is told by its time', () => {
  assert.equal(movesOf([], {}).find('/l/b', 7, TIME), 2);
  assert.equal(movesOf([], {}).find('/l/b', 7, TIME + 1), undefined);
});
