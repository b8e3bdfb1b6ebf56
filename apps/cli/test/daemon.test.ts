import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Cli } from './cli.ts';

const cli = new Cli();
after(() => cli.close());

test('status and version do not start a daemon; they say that none runs', async () => {
  const status = await cli.run(['status']);
  assert.equal(status.exit, 5);
  assert.match(status.stderr, /✗ no daemon runs for .*\n {2}→ sd start/);
  assert.match(await cli.ok('version'), /^sd +\d+\.\d+\.\d+\ndaemon +not running\nNode\.js +\d+/);
  const json = await cli.run(['status', '--json']);
  assert.deepEqual([json.exit, json.stdout], [5, '']);
  assert.equal((JSON.parse(json.stderr) as { error: { code: string } }).error.code, 'NOT_RUNNING');
});

test('start, status, restart, stop', async () => {
  assert.match((await cli.run(['start'])).stderr, /✓ The daemon is started/);
  assert.match((await cli.run(['start'])).stderr, /✓ The daemon runs already/);
  const before = await cli.json<{ host: { pid: number }; uptime_ms: number }>('status');
  assert.match(await cli.ok('status'), /● The daemon runs \d.*\n {2}Device .*\n {2}Memory +\d.*MB/);
  assert.match((await cli.run(['restart'])).stderr, /✓ The daemon runs again/);
  const now = await cli.json<{ host: { pid: number } }>('status');
  assert.notEqual(now.host.pid, before.host.pid);
  assert.match((await cli.run(['stop'])).stderr, /✓ The daemon has stopped/);
  assert.equal((await cli.run(['status'])).exit, 5);
  const again = await cli.run(['stop']);
  assert.deepEqual([again.exit, again.stderr], [0, '✓ No daemon runs\n']);
});

test('any command that needs a daemon starts one', async () => {
  const listed = await cli.run(['library', 'list']);
  assert.deepEqual([listed.exit, listed.stdout], [0, '']);
  assert.match(listed.stderr, /Starting the daemon…\nno libraries yet\n {2}→ sd setup FOLDER/);
});

test('many commands at once share one daemon', async () => {
  await cli.ok('stop');
  const pids = await Promise.all(
    Array.from(
      { length: 5 },
      async () => JSON.parse(await cli.ok('rpc', 'query:core.status')) as { host: { pid: number } },
    ),
  );
  assert.equal(new Set(pids.map(({ host }) => host.pid)).size, 1);
});

test('an instance is another daemon with a folder of its own', async () => {
  const usual = await cli.json<{ host: { pid: number } }>('status');
  const other = await cli.run(['start', '--instance', 'try', '--json']);
  const { host } = JSON.parse(other.stdout) as { host: { pid: number; data_folder: string } };
  assert.notEqual(host.pid, usual.host.pid);
  assert.equal(host.data_folder, `${cli.dataFolder}-try`);
  await cli.ok('stop', '--instance', 'try');
  assert.equal((await cli.run(['status'])).exit, 0);
  assert.equal((await cli.run(['status', '--instance', '../x'])).exit, 2);
});

test('the log is shown, filtered, and followed until Ctrl-C', async () => {
  assert.match(await cli.ok('logs'), /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} {2}info {3}ready/);
  assert.equal((await cli.ok('logs', '-n', '1')).trimEnd().split('\n').length, 1);
  const important = (await cli.ok('logs', '--level', 'error', '--json')).split('\n').filter((line) => line !== '');
  for (const line of important) assert.equal((JSON.parse(line) as { level: string }).level, 'error');
  for (const line of (await cli.ok('logs', '--json')).trimEnd().split('\n'))
    assert.equal(typeof (JSON.parse(line) as { msg: string }).msg, 'string');
  const following = cli.start(['logs', '-f', '-n', '1']);
  await following.prints(/\n/);
  await cli.ok('library', 'create', 'Logged');
  await following.prints(/libraries\.create/);
  following.process.kill('SIGINT');
  assert.equal((await following.ended).exit, 130);
});

test('in the foreground it logs to the terminal and ends with Ctrl-C', async () => {
  const running = cli.start(['start', '--foreground', '--data-dir', cli.path('fore')]);
  await running.prints(/ready/);
  assert.equal((await cli.run(['status', '--data-dir', cli.path('fore')])).exit, 0);
  // What a terminal does: both get it.
  running.process.kill('SIGTERM');
  assert.equal((await running.ended).exit, 0);
});
