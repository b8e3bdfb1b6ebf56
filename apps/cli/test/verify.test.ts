import assert from 'node:assert/strict';
import { closeSync, openSync, statSync, utimesSync, writeSync } from 'node:fs';
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

test('exit code 1, and a corrupt file is named with the copy that is still right', async () => {
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
  const [corrupt] = report.named.corrupt;
  assert.deepEqual([corrupt?.path, corrupt?.copies], [path, [cli.path('Here/again.txt')]]);
});
