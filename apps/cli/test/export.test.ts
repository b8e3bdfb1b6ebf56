import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Cli } from './cli.ts';

const cli = new Cli();
after(() => cli.close());

before(async () => {
  for (const name of ['one', 'two', 'three']) cli.file(`Here/${name}.txt`);
  cli.file('There/four.txt');
  await cli.ok('setup', cli.path('Here'));
  await cli.ok('location', 'add', cli.path('There'));
});

const lines = (name: string): string[] => readFileSync(cli.path(name), 'utf8').split('\n').slice(0, -1);

test('the format is that of the extension, and the answer names the file and what is in it', async () => {
  const { exit, stdout, stderr } = await cli.run(['export', 'all.csv']);
  assert.equal(exit, 0, stderr);
  assert.equal(stdout, `${cli.path('all.csv')}\n`);
  assert.match(stderr, /✓ 6 entries, [\d.,]+ k?B/);
  assert.match(lines('all.csv')[0] ?? '', /^path,native_path,name,/);
  assert.equal(lines('all.csv').length, 7);

  await cli.ok('export', cli.path('here.jsonl'), '--location', 'Here');
  assert.deepEqual(
    lines('here.jsonl')
      .map((line) => (JSON.parse(line) as { name: string }).name)
      .sort(),
    ['Here', 'one.txt', 'three.txt', 'two.txt'],
  );
  await cli.ok('export', 'there', '--format', 'ndjson', '--within', cli.path('There'));
  assert.equal(lines('there').length, 2);
});

test('as JSON: the receipt, then the job with its result', async () => {
  const { stdout } = await cli.run(['export', 'json.ndjson', '--json']);
  const [receipt, job] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.equal(receipt.result.job.kind, 'library.export');
  assert.deepEqual([job.state, job.result.entries, job.result.format], ['completed', 6, 'ndjson']);
});

test('--dry-run says what would be written; --no-wait leaves it to the daemon', async () => {
  assert.match(
    await cli.ok('export', 'dry.csv', '--dry-run'),
    /Write what the library knows of My Library to \S+dry\.csv/,
  );
  assert.equal(existsSync(cli.path('dry.csv')), false);
  const { exit, stderr } = await cli.run(['export', 'later.csv', '--no-wait']);
  assert.equal(exit, 0, stderr);
  const id = /sd job info (\S+)/.exec(stderr)?.[1] ?? '';
  await cli.ok('job', 'info', id, '--follow');
  assert.equal(lines('later.csv').length, 7);
});

test('mistakes come with a way out, and nothing is overwritten', async () => {
  cli.file('mine.csv', 'mine');
  const taken = await cli.run(['export', 'mine.csv']);
  assert.notEqual(taken.exit, 0);
  assert.match(taken.stderr, /mine\.csv is there already, and nothing is overwritten\n {2}→ choose another name/);
  assert.equal(readFileSync(cli.path('mine.csv'), 'utf8'), 'mine');
  const unsaid = await cli.run(['export', 'index']);
  assert.match(unsaid.stderr, /"index" does not say its format/);
  const missing = await cli.run(['export', 'no/such/index.csv']);
  assert.match(missing.stderr, /no\/such does not exist/);
  assert.deepEqual(
    readdirSync(cli.root).filter((name) => name.endsWith('.sd-part')),
    [],
  );
});
