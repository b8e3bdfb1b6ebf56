import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Cli, type Running } from './cli.ts';

const FILES = 12_000;
const cli = new Cli();
after(() => cli.close());
before(() => {
  for (let n = 0; n < FILES; n += 1) cli.file(`Many/${n % 100}/file ${n}.txt`, `number ${n}`);
});

const interrupt = (running: Running): void => void running.process.kill('SIGINT');

test('Ctrl-C stops the indexing, says what stays, and a second run goes on to the end', async () => {
  const running = cli.start(['setup', cli.path('Many')]);
  await running.prints(/Looking for files:|Reading contents:/);
  interrupt(running);
  const { exit, stderr } = await running.ended;
  assert.equal(exit, 130, stderr);
  assert.match(stderr, /Stopping… \(Ctrl-C again leaves at once/);
  assert.match(stderr, /Stopped\. What is in the index stays.*\n {2}→ sd setup \S+Many goes on from there\n$/);
  const [job] = (await cli.json<{ jobs: { state: string }[] }>('job', 'list')).jobs;
  assert.equal(job?.state, 'cancelled');

  assert.match(await cli.ok('setup', cli.path('Many')), /✓ Many {2}12,000 files, 100 folders/);
  assert.equal((await cli.json<{ files: number }>('stats')).files, FILES);
});

test('Ctrl-C a second time leaves at once; the daemon stops the job by itself', async () => {
  const running = cli.start(['location', 'rescan', 'Many', '--full']);
  await running.prints(/Looking for files:|Reading contents:/);
  interrupt(running);
  await running.prints(/Stopping…/);
  interrupt(running);
  assert.equal((await running.ended).exit, 130);
  const [job] = (await cli.json<{ jobs: { id: string }[] }>('job', 'list')).jobs;
  const followed = await cli.run(['job', 'info', job?.id ?? '', '--follow']);
  assert.match(followed.stdout, /State +(cancelled|completed)/);
});

test('what only watches leaves the job alone', async () => {
  const started = await cli.run(['location', 'rescan', 'Many', '--full', '--no-wait', '--json']);
  const { id } = (JSON.parse(started.stdout) as { result: { job: { id: string } } }).result.job;
  const following = cli.start(['job', 'info', id, '--follow']);
  await following.prints(/Looking for files:|State/);
  interrupt(following);
  const ended = await following.ended;
  // Either it was cut off while it watched, or the job was quicker.
  assert.ok(ended.exit === 'SIGINT' || ended.exit === 0, String(ended.exit));
  const { stdout } = await cli.run(['job', 'info', id, '--follow']);
  assert.match(stdout, /State +completed/);
});

test('a job can be paused, resumed and cancelled by the end of its id', async () => {
  const { stdout } = await cli.run(['location', 'rescan', 'Many', '--full', '--no-wait', '--json']);
  const { id } = (JSON.parse(stdout) as { result: { job: { id: string } } }).result.job;
  const paused = await cli.run(['job', 'pause', id.slice(-8)]);
  if (paused.exit === 0) {
    const resumed = await cli.run(['job', 'resume', id.slice(-8)]);
    assert.ok(resumed.exit === 0 || /ended already/.test(resumed.stderr), resumed.stderr);
  } else assert.match(paused.stderr, /ended already/);
  const cancelled = await cli.run(['job', 'cancel', id]);
  assert.ok(cancelled.exit === 0 || /ended already/.test(cancelled.stderr), cancelled.stderr);
  assert.equal((await cli.run(['job', 'cancel', 'ffffffff'])).exit, 3);
});

test('watch-events prints what happens until Ctrl-C', async () => {
  const watching = cli.start(['watch-events', '--resource', 'location,job']);
  await watching.prints(/watching; Ctrl-C ends it/);
  cli.file('One/file.txt');
  await cli.ok('location', 'add', cli.path('One'));
  await watching.prints(/location {2}created {3}\S+One/);
  interrupt(watching);
  assert.equal((await watching.ended).exit, 130);
});

test('events as JSON carry the cursor to go on from', async () => {
  const watching = cli.start(['watch-events', '--json', '--resource', 'location']);
  // Nothing is printed before the first event: an event that was missed is asked for again until one comes.
  let cursor: string | undefined;
  while (cursor === undefined) {
    await cli.ok('location', 'rescan', 'One');
    const [line] = watching.stdout.split('\n');
    if (line) ({ cursor } = JSON.parse(line) as { cursor: string });
  }
  interrupt(watching);
  await watching.ended;
  const resumed = cli.start([
    'watch-events',
    '--json',
    '--resource',
    'location',
    '--cursor',
    cursor.replace(/\d+$/, '0'),
  ]);
  await resumed.prints(/"change":"created"/);
  interrupt(resumed);
  assert.equal((await resumed.ended).exit, 130);
});

test('a daemon that is stopped takes the job up again; who waited for it is told', async () => {
  // New files, whose contents have to be read: more than a moment's work.
  for (let n = 0; n < FILES; n += 1) cli.file(`Fresh/${n % 100}/file ${n}.txt`, `fresh ${n}`);
  const running = cli.start(['location', 'add', cli.path('Fresh')]);
  await running.prints(/Looking for files:|Reading contents:/);
  await cli.ok('stop');
  const { exit, stderr } = await running.ended;
  assert.equal(exit, 5, stderr);
  assert.match(
    stderr,
    /✗ the daemon has stopped; the job goes on from its last checkpoint when it starts\n {2}→ sd start/,
  );
  const [job] = (await cli.json<{ jobs: { id: string }[] }>('job', 'list')).jobs;
  const { stdout } = await cli.run(['job', 'info', job?.id ?? '', '--follow']);
  assert.match(stdout, /State +completed/);
});

test('Ctrl-C during an export leaves no file behind, whole or half', async () => {
  const running = cli.start(['export', 'all.csv']);
  await running.prints(/Writing:/);
  interrupt(running);
  const { exit, stderr } = await running.ended;
  const left = readdirSync(cli.root).filter((name) => name.startsWith('all.csv'));
  // Either it was cut off while it wrote, or the job was quicker.
  if (exit === 0) {
    assert.deepEqual(left, ['all.csv']);
    assert.ok(readFileSync(cli.path('all.csv'), 'utf8').split('\n').length > FILES);
    return;
  }
  assert.equal(exit, 130, stderr);
  assert.match(stderr, /Stopped\. Nothing was written\.\n {2}→ sd export all\.csv begins anew/);
  assert.deepEqual(left, []);
});
