import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openLog } from './log.ts';

function folder(context: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'sd-log-'));
  mkdirSync(join(made, 'logs'));
  context.after(() => rmSync(made, { recursive: true }));
  return made;
}

test('a line is an object with level, time, message and facts, errors with their cause', async (context) => {
  const log = openLog(folder(context), 'info', false);
  log.debug('unheard');
  log.child({ session: 's1' }).warn('careful', { bytes: 3 });
  log.error('broken', { error: new Error('outer', { cause: new Error('inner') }) });
  log.lastWords('the end', { step: 'x' });
  await log.end();
  const lines = readFileSync(log.file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const find = (msg: string) => lines.find((line) => line.msg === msg);
  assert.equal(lines.length, 3);
  assert.deepEqual(
    { ...find('careful'), time: 0 },
    { level: 'warn', time: 0, session: 's1', bytes: 3, msg: 'careful' },
  );
  assert.match(find('broken').error.stack, /outer[^]*caused by[^]*inner/);
  assert.deepEqual({ ...find('the end'), time: 0 }, { level: 'error', time: 0, step: 'x', msg: 'the end' });
});

test('the file is turned over when it is full, and only so many are kept', async (context) => {
  const made = folder(context);
  const log = openLog(made, 'info', false);
  const filler = 'x'.repeat(1024 * 1024);
  for (let i = 0; i < 75; i++) {
    log.info('line', { i, filler });
    if (i % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await log.end();
  const files = readdirSync(join(made, 'logs')).sort();
  assert.deepEqual(files, [
    'daemon.1.log',
    'daemon.2.log',
    'daemon.3.log',
    'daemon.4.log',
    'daemon.5.log',
    'daemon.log',
  ]);
  for (const name of files) assert.equal(statSync(join(made, 'logs', name)).mode & 0o077, 0, name);
  const newest = readFileSync(log.file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).i);
  assert.equal(newest.at(-1), 74);
});
