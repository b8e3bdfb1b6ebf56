import assert from 'node:assert/strict';
import { test } from 'node:test';
import { width } from '../format/text.ts';
import { colorsIf } from '../output/colors.ts';
import type { JobInfo } from '../wire.ts';
import { drawBoard } from './frame.ts';
import { JobBoard } from './job-board.ts';

const colors = colorsIf(false);
const job = (id: string, more: Partial<JobInfo> = {}): JobInfo => ({
  id,
  kind: 'locations.index',
  library: 'l',
  subject: id,
  input: {},
  priority: 'normal',
  state: 'running',
  progress: { phase: 'extract', done: 50, total: 100, bytes: 0, rate: 10, remaining_ms: 5_000, detail: '/a/b/c' },
  created_at: 0,
  ...more,
});
function board(...jobs: JobInfo[]): JobBoard {
  const made = new JobBoard();
  made.replace(jobs);
  return made;
}

test('each job says what it does, how far it is and how long it takes; the next come below', () => {
  const lines = drawBoard(
    board(
      job('later', { state: 'queued', priority: 'background' }),
      job('Pictures', { priority: 'user', problems: { count: 3, named: [] } }),
      job('next', { state: 'queued', created_at: 9 }),
      job('done', { state: 'completed', started_at: 1_000, ended_at: 4_000 }),
      job('bad', { state: 'failed', ended_at: 5_000, error: { code: 'IO', message: 'the disk says no' } }),
    ),
    { columns: 100, rows: 40, colors },
  );
  assert.deepEqual(lines, [
    'Jobs  1 running, 2 waiting',
    '',
    '● Reading contents  Pictures  locations.index, user  3 problems',
    '  ━━━━━━━━━━━━────────────  50 %  50 of 100 files · 10 files/s · 0:05 left',
    '  /a/b/c',
    '○ Waiting  next  locations.index',
    '  it is not its turn yet',
    '○ Waiting  later  locations.index, background',
    '  it is not its turn yet',
    '✓ done  locations.index  completed after 3.0 s',
    '✗ bad  locations.index  failed: the disk says no',
    '',
    'Ctrl-C leaves; the jobs go on',
  ]);
});

test('it never is larger than the screen, however many jobs and however long their names', () => {
  const many = Array.from({ length: 30 }, (_, at) => job(`a very long name of a folder, number ${at}`.repeat(3)));
  for (const [columns, rows] of [
    [20, 8],
    [59, 10],
    [80, 24],
    [200, 100],
  ] as const) {
    const lines = drawBoard(board(...many), { columns, rows, colors });
    assert.ok(lines.length < rows, `${lines.length} lines in ${rows}`);
    for (const line of lines) assert.ok(width(line) <= columns, line);
    if (rows < 90) assert.ok(lines.some((line) => /^and \d+ more jobs$/.test(line)));
  }
});

test('what has ended stays in sight, the last five; what is forgotten does not', () => {
  const ended = Array.from({ length: 8 }, (_, at) => job(`job ${at}`, { state: 'completed', ended_at: at }));
  const made = board(...ended);
  assert.deepEqual(
    made.ended.map(({ id }) => id),
    ['job 3', 'job 4', 'job 5', 'job 6', 'job 7'],
  );
  made.forget(['job 7']);
  made.take(job('job 6'));
  assert.equal(made.ended.at(-1)?.id, 'job 5');
  assert.deepEqual(drawBoard(board(), { columns: 80, rows: 24, colors }).slice(0, 1), ['Jobs  none is going on']);
});
