import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SdError } from '../../errors.ts';
import { completeNotes } from './complete-notes.ts';

test('empty notes are written, each as far as there is room', () => {
  const rows = ['a', 'full', 'away', 'b', 'written'].map((name, id) => ({
    id,
    path: `/was/${name}`,
    place: `/can/files/${name}`,
    note: `/can/info/${name}.trashinfo`,
    trashed_at: id,
  }));
  const written: unknown[] = [];
  completeNotes({
    db: { prepare: () => ({ all: (after: number) => rows.filter(({ id }) => id > after) }) } as never,
    files: {
      facts: (path) => {
        if (path.includes('away')) throw new SdError('IO', 'pulled out');
        return { size: path.includes('written') ? 100 : 0 } as never;
      },
    },
    userFiles: {
      completeNote: (trashed, path, at) => {
        if (path.includes('full')) throw new SdError('DISK_FULL', 'no room');
        written.push([trashed.note, path, at]);
      },
    },
    stopped: () => false,
  });
  assert.deepEqual(written, [
    ['/can/info/a.trashinfo', '/was/a', 0],
    ['/can/info/b.trashinfo', '/was/b', 3],
  ]);
});
