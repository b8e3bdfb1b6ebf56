import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { DaemonProcess, temporaryFolder, until } from './daemon-process.ts';

const MODE = 0o777;

test('a first start makes a data folder that only its owner can use', async (context) => {
  const daemon = await DaemonProcess.ready(context, { dataFolder: join(temporaryFolder(context), 'new') });
  const { dataFolder, record } = daemon;
  const mode = (path: string): string => (statSync(path).mode & MODE).toString(8);
  assert.equal(mode(dataFolder), '700');
  assert.equal(mode(join(dataFolder, 'run')), '700');
  assert.equal(mode(record.socket), '600');
  assert.equal(mode(join(dataFolder, 'token')), '600');
  assert.equal(mode(join(dataFolder, 'daemon.json')), '600');
  assert.equal(mode(join(dataFolder, 'logs')), '700');
  assert.match(daemon.token, /^[0-9a-f]{64}$/);
  assert.deepEqual([record.pid, record.protocol, record.websocket], [daemon.process.pid, 1, undefined]);
});

test('core.status says what is so', async (context) => {
  const daemon = await DaemonProcess.ready(context);
  const client = await daemon.client();
  const others = [await daemon.authenticated(), await daemon.authenticated()];
  await client.subscribe({}, () => {});
  const status = await client.call('query:core.status');
  const host = status.host ?? {};
  assert.equal(status.version, daemon.record.version);
  assert.equal(status.sessions, 3);
  assert.equal(host['sockets'], 3);
  assert.equal(status.event_subscribers, 1);
  assert.equal(status.stopping, false);
  assert.equal(host['pid'], daemon.process.pid);
  assert.equal(host['data_folder'], daemon.dataFolder);
  assert.ok(existsSync(String(host['log_file'])));
  if (process.platform === 'linux') {
    const measured =
      Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${daemon.process.pid}/status`, 'utf8'))?.[1]) * 1024;
    assert.ok(
      Math.abs(Number(host['rss_bytes']) - measured) < measured * 0.2,
      `${host['rss_bytes']} is not about ${measured}`,
    );
  }
  for (const other of others) other.pipe.close();
  await until(async () => (await client.call('query:core.status')).host?.['sockets'] === 1);
  const device = await client.call('query:core.device');
  assert.deepEqual([device.id, device.slug], [status.device.id, status.device.slug]);
  assert.match(device.public_key, /^[0-9a-f]{64}$/);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal}: clients are let go, nothing is left behind, exit 0 in time`, async (context) => {
    const daemon = await DaemonProcess.ready(context);
    const { socket } = daemon.record;
    const clients = [await daemon.client(), await daemon.client()];
    await Promise.all(clients.map((client) => client.handshake));
    const { code } = await daemon.stop(signal);
    assert.equal(code, 0);
    for (const client of clients) assert.equal((await client.closed)?.code, 'CONNECTION_CLOSED');
    assert.equal(existsSync(socket), false);
    assert.equal(existsSync(join(daemon.dataFolder, 'daemon.json')), false);
    assert.deepEqual(
      daemon.log
        .map(({ msg }) => msg)
        .filter((message) => ['starting', 'ready', 'stopping', 'did not stop in time'].includes(String(message))),
      ['starting', 'ready', 'stopping'],
    );
  });
}

test('a client that reads nothing, and one that has said half a message, do not hold the daemon', async (context) => {
  const daemon = await DaemonProcess.ready(context);
  const deaf = await daemon.authenticated();
  deaf.pipe.pause();
  for (let i = 0; i < 200; i++) deaf.request('rpc.discover');
  const half = createConnection(daemon.record.socket);
  half.on('error', () => {});
  await once(half, 'connect');
  half.write('{"jsonrpc":"2.0","id":1,"met');
  await (await daemon.client()).request('rpc.ping');
  const { code } = await daemon.stop();
  assert.equal(code, 0);
});

test('core.stop answers, and then the daemon stops', async (context) => {
  const daemon = await DaemonProcess.ready(context);
  const client = await daemon.client();
  const { receipt, result } = await client.call('action:core.stop');
  assert.deepEqual(result, { stopping: true });
  assert.ok(receipt);
  assert.deepEqual(await daemon.exited, { code: 0, signal: null });
  assert.equal((await client.closed)?.code, 'CONNECTION_CLOSED');
});

test('a daemon whose data folder is deleted or moved away ends by itself', async (context) => {
  const deleted = await DaemonProcess.ready(context);
  rmSync(deleted.dataFolder, { recursive: true });
  assert.deepEqual(await deleted.exited, { code: 0, signal: null });

  const moved = await DaemonProcess.ready(context, { dataFolder: join(temporaryFolder(context), 'data') });
  renameSync(moved.dataFolder, `${moved.dataFolder}-old`);
  assert.deepEqual(await moved.exited, { code: 0, signal: null });
});

test('the token stays from start to start', async (context) => {
  const first = await DaemonProcess.ready(context);
  const { token } = first;
  await first.stop();
  const second = await DaemonProcess.ready(context, { dataFolder: first.dataFolder });
  assert.equal(second.token, token);
  assert.equal(await (await second.client()).request('rpc.ping').then((answer) => JSON.stringify(answer)), '{}');
});

test('a data folder whose path is too long for a socket gets its socket elsewhere, in a private folder that goes with it', async (context) => {
  const dataFolder = join(temporaryFolder(context), 'a-rather-long-name-for-a-folder'.repeat(3), 'data');
  mkdirSync(dataFolder, { recursive: true });
  const daemon = await DaemonProcess.ready(context, { dataFolder });
  const { socket } = daemon.record;
  assert.equal(socket.startsWith(dataFolder), false);
  assert.ok(Buffer.byteLength(socket) < 104);
  const folder = join(socket, '..');
  assert.equal((statSync(folder).mode & MODE).toString(8), '700');
  assert.deepEqual(await (await daemon.client()).request('rpc.ping'), {});
  await daemon.stop();
  assert.equal(existsSync(folder), false);
});

test('SD_LOG sets the level, --foreground prints, and a wrong level is refused', async (context) => {
  const debug = await DaemonProcess.ready(context, { environment: { SD_LOG: 'silent' } });
  await debug.stop();
  assert.deepEqual([debug.log, debug.output], [[], '']);
  const loud = await DaemonProcess.ready(context, { args: ['--foreground'] });
  await loud.stop();
  assert.match(loud.output, /info {2}ready pid=\d+/);
  const wrong = new DaemonProcess(context, temporaryFolder(context), { environment: { SD_LOG: 'chatty' } });
  assert.deepEqual(await wrong.exited, { code: 2, signal: null });
  assert.match((await wrong.told)?.error?.message ?? '', /trace, debug, info/);
});

test('a configuration that cannot be followed is refused with its reason', async (context) => {
  const dataFolder = temporaryFolder(context);
  writeFileSync(join(dataFolder, 'config.json'), '{"websockets": {}}');
  const daemon = new DaemonProcess(context, dataFolder);
  assert.deepEqual(await daemon.exited, { code: 1, signal: null });
  assert.match((await daemon.told)?.error?.message ?? '', /config\.json: there is no setting websockets/);
  assert.deepEqual(
    readdirSync(dataFolder).filter((name) => name.startsWith('daemon')),
    [],
  );
});
