import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RpcError } from '@sd/client/errors.ts';
import { connectToDaemon } from '@sd/client/node.ts';
import { EXIT_ALREADY_RUNNING, readDaemonRecord } from '@sd/client/node/daemon-files.ts';
import { startDaemon } from '@sd/client/node/start-daemon.ts';
import { DaemonProcess, atEnd, temporaryFolder, until } from './daemon-process.ts';

process.env['SD_KEYCHAIN'] = 'off';

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Asks whichever daemon runs on the folder to stop, and waits until it has. */
async function stopDaemonOf(dataFolder: string): Promise<void> {
  const record = readDaemonRecord(dataFolder);
  if (!record) return;
  process.kill(record.pid, 'SIGTERM');
  await until(() => !isAlive(record.pid));
}

test('a second daemon on a data folder says so and leaves the first alone', async (context) => {
  const first = await DaemonProcess.ready(context);
  const { record } = first;
  const second = new DaemonProcess(context, first.dataFolder);
  assert.deepEqual(await second.exited, { code: EXIT_ALREADY_RUNNING, signal: null });
  assert.match(
    (await second.told)?.error?.message ?? '',
    new RegExp(`another daemon runs on .*process ${first.process.pid}`),
  );
  assert.deepEqual(first.record, record);
  assert.equal((await (await first.client()).call('query:core.status')).host?.['pid'], first.process.pid);
});

test('an instance of another name is another daemon', async (context) => {
  const base = join(temporaryFolder(context), 'data');
  const [usual, named] = [
    new DaemonProcess(context, base),
    new DaemonProcess(context, base, { args: ['--instance', 'dev'] }),
  ];
  assert.deepEqual([(await usual.told)?.ready, (await named.told)?.ready], [true, true]);
  assert.ok(existsSync(`${base}-dev/daemon.json`));
  assert.notEqual(readDaemonRecord(base)?.socket, readDaemonRecord(`${base}-dev`)?.socket);
});

test('after kill -9 nothing that is left stands in the way', async (context) => {
  const killed = await DaemonProcess.ready(context);
  const { record } = killed;
  await killed.stop('SIGKILL');
  assert.ok(existsSync(record.socket), 'the socket of the killed one is still there');
  assert.ok(readDaemonRecord(killed.dataFolder), 'and its record');
  const next = await DaemonProcess.ready(context, { dataFolder: killed.dataFolder });
  assert.equal(next.record.pid, next.process.pid);
  assert.equal((await (await next.client()).call('query:core.status')).host?.['pid'], next.process.pid);
});

test('a daemon that starts while another stops waits for it', async (context) => {
  const first = await DaemonProcess.ready(context);
  first.process.kill('SIGSTOP');
  const { record } = first;
  writeFileSync(join(first.dataFolder, 'daemon.json'), '{}');
  const second = new DaemonProcess(context, first.dataFolder);
  first.process.kill('SIGCONT');
  first.process.kill('SIGTERM');
  assert.equal((await second.told)?.ready, true);
  assert.notEqual(second.record.pid, record.pid);
});

test('a client without a daemon says that none runs, and starts none', async (context) => {
  const dataFolder = temporaryFolder(context);
  await assert.rejects(
    connectToDaemon({ dataFolder, client: 'test 1', start: false }),
    (error) => error instanceof RpcError && error.code === 'NOT_RUNNING' && error.wayOut === 'sd start',
  );
  assert.equal(existsSync(join(dataFolder, 'token')), false);
});

test('a client that needs a daemon starts one, and the next client finds it', async (context) => {
  const dataFolder = join(temporaryFolder(context), 'data');
  atEnd(context, () => stopDaemonOf(dataFolder));
  let starts = 0;
  const options = { dataFolder, client: 'test 1', start: true, onStart: () => void starts++ };
  const first = await connectToDaemon(options);
  const second = await connectToDaemon(options);
  assert.deepEqual([first.wasRunning, second.wasRunning, starts], [false, true, 1]);
  const [one, two] = await Promise.all([
    first.client.call('query:core.status'),
    second.client.call('query:core.status'),
  ]);
  assert.equal(one.host?.['pid'], two.host?.['pid']);
  assert.notEqual(one.host?.['pid'], process.pid);
  for (const { client } of [first, second]) client.close();
});

test('clients that start at the same moment end up with one daemon', async (context) => {
  const dataFolder = join(temporaryFolder(context), 'data');
  atEnd(context, () => stopDaemonOf(dataFolder));
  const connections = await Promise.all(
    Array.from({ length: 4 }, () => connectToDaemon({ dataFolder, client: 'test 1', start: true })),
  );
  const pids = await Promise.all(
    connections.map(async ({ client }) => (await client.call('query:core.status')).host?.['pid']),
  );
  assert.equal(new Set(pids).size, 1);
  for (const { client } of connections) client.close();
});

test('after kill -9 a client starts the next one', async (context) => {
  const killed = await DaemonProcess.ready(context);
  const { dataFolder } = killed;
  atEnd(context, () => stopDaemonOf(dataFolder));
  await killed.stop('SIGKILL');
  const { client, wasRunning } = await connectToDaemon({ dataFolder, client: 'test 1', start: true });
  assert.equal(wasRunning, false);
  assert.deepEqual(await client.request('rpc.ping'), {});
  client.close();
});

test('a daemon that cannot start says why to the client that wanted it', async (context) => {
  const dataFolder = temporaryFolder(context);
  writeFileSync(join(dataFolder, 'config.json'), 'not json');
  await assert.rejects(
    connectToDaemon({ dataFolder, client: 'test 1', start: true }),
    (error) =>
      error instanceof RpcError &&
      error.code === 'INVALID_INPUT' &&
      /config\.json/.test(error.message) &&
      /correct the file/.test(error.wayOut ?? ''),
  );
});

test('a daemon that crashes before it can speak is reported with its last words', async (context) => {
  const dataFolder = temporaryFolder(context);
  const script = join(dataFolder, 'broken.mjs');
  writeFileSync(script, 'throw new RangeError("no bytes left");');
  await assert.rejects(startDaemon(dataFolder, { runtimes: [process.execPath], script }), /RangeError: no bytes left/);
});

test('a runtime that does not run here is passed over for the next', async (context) => {
  const dataFolder = join(temporaryFolder(context), 'data');
  const broken = join(temporaryFolder(context), 'node');
  writeFileSync(broken, '#!/nowhere/loader\n');
  chmodSync(broken, 0o755);
  const script = join(temporaryFolder(context), 'fine.mjs');
  writeFileSync(script, 'import { writeSync } from "node:fs"; writeSync(3, \'{"ready":true}\\n\');');
  await startDaemon(dataFolder, { runtimes: [broken, process.execPath], script });
  await assert.rejects(startDaemon(dataFolder, { runtimes: [broken], script }), /does not run/);
});

test('a token that cannot be read is a clear error, not a second daemon', async (context) => {
  const daemon = await DaemonProcess.ready(context);
  const token = join(daemon.dataFolder, 'token');
  rmSync(token);
  mkdirSync(token);
  await assert.rejects(
    connectToDaemon({ dataFolder: daemon.dataFolder, client: 'test 1', start: true }),
    (error) => error instanceof RpcError && error.code === 'NOT_READABLE',
  );
});
