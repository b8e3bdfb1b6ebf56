import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { processOutput } from '../output/output.ts';
import { drawRecord, readRecord } from './record.ts';
import { followFile, lastLines } from './tail.ts';

const folder = mkdtempSync(join(tmpdir(), 'sd-tail-'));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'daemon.log');

test('the last lines come from the end, however large the file is', () => {
  assert.equal(lastLines(file, 10), undefined);
  const lines = Array.from({ length: 50_000 }, (_, n) => `line ${n} äöü`);
  writeFileSync(file, `${lines.join('\n')}\nhalf a li`);
  assert.deepEqual(lastLines(file, 3)?.lines, lines.slice(-3));
  assert.deepEqual(lastLines(file, 0)?.lines, []);
  assert.deepEqual(lastLines(file, 20_000)?.lines, lines.slice(-20_000));
  assert.deepEqual(lastLines(file, 100_000)?.lines, lines);
});

test('what is added is followed, over a rotation', async () => {
  writeFileSync(file, 'one\n');
  const seen: string[] = [];
  const stop = new AbortController();
  const until = (count: number): Promise<void> =>
    new Promise((resolve) => (arrived = () => void (seen.length >= count && resolve())));
  let arrived = (): void => {};
  const following = followFile(
    file,
    4,
    async (lines) => {
      seen.push(...lines);
      arrived();
    },
    stop.signal,
  );
  let enough = until(2);
  appendFileSync(file, 'two\nthree\nfo');
  await enough;
  enough = until(3);
  appendFileSync(file, 'ur\n');
  await enough;
  enough = until(4);
  renameSync(file, `${file}.1`);
  writeFileSync(file, 'five\n');
  await enough;
  stop.abort();
  await following;
  assert.deepEqual(seen, ['two', 'three', 'four', 'five']);
});

test('records are drawn for people; what is none is left as it is', () => {
  const out = processOutput({ json: false, quiet: false, noColor: true });
  const time = new Date(2026, 2, 1, 14, 5, 9, 123).getTime();
  const record = readRecord(JSON.stringify({ level: 'warn', time, pid: 7, path: 'a\u001bb', msg: 'slow' }));
  assert.ok(record);
  assert.equal(drawRecord(record, out), '2026-03-01 14:05:09.123  warn   slow pid=7 path=a\\x1bb');
  const failed = readRecord(
    JSON.stringify({ level: 'error', time, error: { message: 'no', stack: 'Error: no\n    at here' }, msg: 'gone' }),
  );
  assert.ok(failed);
  assert.equal(drawRecord(failed, out), '2026-03-01 14:05:09.123  error  gone: no\n    at here');
  assert.deepEqual([readRecord('Error: no'), readRecord('null'), readRecord('{}')], [undefined, undefined, undefined]);
});
