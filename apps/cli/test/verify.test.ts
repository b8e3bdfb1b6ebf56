import assert from 'node:assert/strict';
import { closeSync, openSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Cli } from './cli.ts';

const cli = new Cli();
after(() => cli.close());

before(async () => {
  for (const name of ['one', 'two', 'three']) cli.file(`Here/${name}.txt`, `the content of ${name}`);
  cli.file('Here/again.txt', 'the content of one');
  await cli.ok('setup', cli.path('Here'));
});

test('agreement is one line and exit code 0', async () => {
  const { exit, stdout } = await cli.run(['location', 'verify', 'Here', '--content']);
  assert.equal(exit, 0);
  assert.match(stdout, /✓ Here: disk and index agree\nLooked at 4 files, 0 folders, .* compared 4 files by hash/);
});

test('what differs is named with a way out, and exit code 1; repaired, it agrees', async () => {
  cli.file('Here/new.txt', 'new');
  rmSync(cli.path('Here/two.txt'));
  const found = await cli.run(['location', 'verify', 'Here']);
  assert.equal(found.exit, 1);
  assert.match(found.stdout, /! 1 in the index and not on the disk\n {2}.*\/Here\/two\.txt/);
  assert.match(found.stdout, /! 1 on the disk and not in the index\n {2}.*\/Here\/new\.txt/);
  assert.match(found.stdout, /→ sd location verify Here --repair/);
  const repaired = await cli.run(['location', 'verify', 'Here', '--repair']);
  assert.deepEqual([repaired.exit, /✓ Read anew: 1 new, 1 gone/.test(repaired.stdout)], [1, true], repaired.stdout);
  assert.equal((await cli.run(['location', 'verify', 'Here'])).exit, 0);
});

test('a corrupt file is named with the copy that is still right', async () => {
  const path = cli.path('Here/one.txt');
  const { atimeMs, mtimeMs } = statSync(path);
  const file = openSync(path, 'r+');
  writeSync(file, 'X', 0);
  closeSync(file);
  utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
  const { exit, stdout } = await cli.run(['location', 'verify', 'Here', '--content', '--json']);
  assert.equal(exit, 1);
  const [, job] = stdout.trim().split('\n');
  const report = JSON.parse(job ?? '').result;
  // A time that does not fit a double to the nanosecond is another time; then it is a change like any other.
  const [corrupt] = report.named.corrupt;
  assert.deepEqual([corrupt?.path, corrupt?.copies], [path, [cli.path('Here/again.txt')]]);
});
