import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LocationReport } from '../wire.ts';
import { reportLines } from './location-report.ts';
import { processOutput } from './output.ts';

const out = processOutput({ json: false, quiet: true, noColor: true });

const report = (found: Partial<LocationReport>): LocationReport => ({
  missing: 0,
  unindexed: 0,
  changed: 0,
  folder_times: 0,
  unreadable: 0,
  corrupt: 0,
  named: { missing: [], unindexed: [], changed: [], unreadable: [], corrupt: [] },
  agrees: false,
  files: 1_200,
  folders: 3,
  bytes: 5_000,
  duration_ms: 20,
  ...found,
});

test('what differs is counted and named, with the way out', () => {
  const named = { ...report({}).named, missing: [{ path: '/a/gone', entry: 1, reason: 'it is not on the disk' }] };
  assert.deepEqual(reportLines(report({ missing: 3, folder_times: 1, named }), out, 'My Files'), [
    '! 3 in the index and not on the disk',
    '  /a/gone  it is not on the disk',
    '! 1 folder with another time than in the index',
    'Looked at 1,200 files, 3 folders, 5.0 kB in 20 ms',
    '→ sd location verify "My Files" --repair reads just these anew',
  ]);
});

test('a corrupt file comes with its right copies, and no offer to take it as it is', () => {
  const one = {
    path: '/a/one',
    entry: 1,
    reason: 'its content is another',
    content_id: '00000000-0000-8000-8000-000000000000',
    compared: 'full' as const,
    expected: 'a',
    found: 'b',
  };
  const named = {
    ...report({}).named,
    corrupt: [
      { ...one, copies: ['/b/one'] },
      { ...one, path: '/a/two', copies: [] },
    ],
  };
  const lines = reportLines(report({ corrupt: 2, named }), out, 'Here').join('\n');
  assert.match(lines, /✗ 2 corrupt.*\n {2}\/a\/one.*\n {4}still right: \/b\/one\n {2}\/a\/two.*\n {4}no other copy/);
  assert.doesNotMatch(lines, /reads just these anew/);
});

test('a repair says what it did', () => {
  const repair = { folders: 2, whole: false, contents: 1, left: 0, job: '00000000-0000-7000-8000-000000000000' };
  const lines = reportLines(report({ changed: 2, corrupt: 1, repair }), out, 'Here').join('\n');
  assert.match(lines, /→ the repair reads 2 folders anew, takes 1 corrupt file as found/);
});
