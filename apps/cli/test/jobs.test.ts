import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cli } from './cli.ts';

const cli = new Cli();
after(() => cli.close());
before(async () => {
  for (let n = 0; n < 500; n += 1) cli.file(`Docs/${n % 10}/file ${n}.txt`, `number ${n}`);
  await cli.ok('setup', cli.path('Docs'));
});

const indexJob = async (): Promise<string> => {
  const { jobs } = await cli.json<{ jobs: { id: string }[] }>('job', 'list', '--kind', 'locations.index');
  return jobs[0]?.id ?? '';
};

test('the monitor prints a line per change where there is no terminal, and Ctrl-C stops only the watching', async () => {
  const monitor = cli.start(['job', 'monitor']);
  const rescanned = (async () => {
    // Nothing tells when it watches: it is asked again until it has seen one.
    while (!/Docs {2}locations\.index {2}completed/.test(monitor.stdout)) await cli.ok('location', 'rescan', 'Docs');
  })();
  await monitor.prints(/Docs {2}locations\.index {2}running/);
  await monitor.prints(/Docs {2}locations\.index {2}completed/);
  await rescanned;
  monitor.process.kill('SIGINT');
  const { exit, stdout } = await monitor.ended;
  assert.equal(exit, 130);
  assert.doesNotMatch(stdout, /\u001b/);
});

test('with --json it prints the job at each event', async () => {
  const monitor = cli.start(['job', 'monitor', '--json']);
  while (monitor.stdout.split('\n').length < 3) await cli.ok('location', 'rescan', 'Docs');
  monitor.process.kill('SIGINT');
  const { stdout } = await monitor.ended;
  for (const line of stdout.split('\n').filter((text) => text !== ''))
    assert.match((JSON.parse(line) as { kind: string }).kind, /^\w+\.\w+$/);
});

test('what a job has said is shown, for people and for programs', async () => {
  const id = await indexJob();
  assert.match(await cli.ok('job', 'log', id), /info {3}started\n(.*\n)*.*info {3}completed\n$/);
  const lines = (await cli.ok('job', 'log', id, '--json', '-n', '1')).split('\n');
  assert.equal((JSON.parse(lines[0] ?? '') as { message: string }).message, 'completed');
  assert.match(await cli.ok('job', 'log', id, '--follow'), /completed\n$/);
  assert.match(await cli.ok('job', 'info', id, '--log'), /Priority +user\n[^]*info {3}completed\n$/);
});

test('there is nothing to try again of a job that completed; the history is cleared', async () => {
  const { exit, stderr } = await cli.run(['job', 'retry', await indexJob()]);
  assert.equal(exit, 4, stderr);
  assert.match(stderr, /nothing to try again: the job is completed/);
  assert.match(await cli.ok('job', 'clear', '--dry-run'), /Forget \d+ jobs? that have ended/);
  assert.equal((await cli.run(['job', 'clear'])).exit, 0);
  assert.deepEqual(await cli.json('job', 'list', '--state', 'completed'), { jobs: [] });
});

test('settings are shown and set; what is none is refused', async () => {
  assert.match(await cli.ok('settings'), /performance +balanced/);
  assert.match((await cli.run(['settings', 'set', 'performance', 'gentle'])).stderr, /✓ performance is gentle/);
  assert.equal(await cli.ok('settings', 'get', 'performance'), 'gentle\n');
  const { performance } = await cli.json<{ performance: { setting: string } }>('status');
  assert.equal(performance.setting, 'gentle');
  assert.equal((await cli.run(['settings', 'set', 'performance', 'ludicrous'])).exit, 2);
  assert.equal((await cli.run(['settings', 'set', 'colour', 'blue'])).exit, 2);
  assert.equal((await cli.run(['settings', 'get', 'colour'])).exit, 2);
});
