import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type Socket, createConnection } from 'node:net';
import { type TestContext, after, before, test } from 'node:test';
import { dialSocket } from '@sd/client/node/socket-pipe.ts';
import { LIMITS } from '@sd/core/rpc/protocol.ts';
import { DaemonProcess, until } from './daemon-process.ts';

let daemon: DaemonProcess;
const afterAll: (() => unknown)[] = [];
before(async () => {
  daemon = await DaemonProcess.ready({
    after: (call: () => unknown) => void afterAll.push(call),
  } as unknown as TestContext);
});
after(async () => {
  for (const call of afterAll.toReversed()) await call();
});

/** A bare socket, and all that comes over it until it ends. */
async function bare(): Promise<{ socket: Socket; ended: Promise<string> }> {
  const socket = createConnection(daemon.record.socket);
  let text = '';
  socket.on('data', (chunk) => (text += String(chunk)));
  socket.on('error', () => {});
  const ended = once(socket, 'close').then(() => text);
  await once(socket, 'connect');
  return { socket, ended };
}

const hello = (): string =>
  [
    { jsonrpc: '2.0', id: 1, method: 'rpc.authenticate', params: { token: daemon.token } },
    { jsonrpc: '2.0', id: 2, method: 'rpc.handshake', params: { protocol: 1, client: 'test 1' } },
  ]
    .map((message) => `${JSON.stringify(message)}\n`)
    .join('');

/** The codes of what was answered; 0 for a result. */
const codes = (text: string): (string | 0)[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).error?.data.code ?? 0);

async function isWell(): Promise<void> {
  const client = await daemon.client();
  assert.equal((await client.call('query:core.status')).host?.['pid'], daemon.process.pid);
  client.close();
}

test('an unknown method, wrong types and a missing parameter are answered, and the connection goes on', async () => {
  const client = await daemon.authenticated();
  assert.equal((await client.call('query:core.nothing')).error.data.code, 'METHOD_NOT_FOUND');
  assert.equal((await client.call('query:core.status', { library: 7 })).error.data.code, 'INVALID_INPUT');
  assert.equal((await client.call('query:jobs.info', { id: 'not a uuid' })).error.data.code, 'INVALID_INPUT');
  assert.equal((await client.call('query:jobs.info', {})).error.data.code, 'INVALID_INPUT');
  assert.ok((await client.call('query:core.status')).result);
  client.pipe.close();
});

test('a huge message is refused without being kept', async () => {
  const { socket, ended } = await bare();
  const client = await daemon.client();
  const memory = async (): Promise<number> => Number((await client.call('query:core.status')).host?.['rss_bytes']);
  const quiet = await memory();
  socket.write(hello());
  socket.write('{"jsonrpc":"2.0","id":3,"method":"query:core.status","params":{"x":"');
  const chunk = Buffer.alloc(1024 * 1024, 'x');
  for (let i = 0; i < 200 && socket.writable; i++) {
    if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), ended]);
  }
  assert.deepEqual(codes(await ended), [0, 0, 'TOO_LARGE']);
  const grown = (await memory()) - quiet;
  assert.ok(grown < 60 * 1024 * 1024, `${grown} bytes more`);
  client.close();
});

test('before the token, a message may not even be large', async () => {
  const { socket, ended } = await bare();
  socket.write('x'.repeat(LIMITS.messageBytesBefore + 1));
  assert.deepEqual(codes(await ended), ['TOO_LARGE']);
});

test('a deeply nested message costs nothing and is answered', async () => {
  const client = await daemon.authenticated();
  const deep = 1_500_000;
  const began = performance.now();
  client.send(
    `{"jsonrpc":"2.0","id":1,"method":"query:core.status","params":{"x":${'['.repeat(deep)}${']'.repeat(deep)}}}`,
  );
  assert.equal((await client.next()).error.data.code, 'TOO_LARGE');
  // Millions of brackets that were read to their end take minutes.
  assert.ok(performance.now() - began < 20_000);
  assert.ok((await client.call('query:core.status')).result);
  client.pipe.close();
});

test('a bad token is refused and the connection closed', async () => {
  for (const token of ['', 'wrong', `${daemon.token}x`, daemon.token.slice(1)]) {
    const { socket, ended } = await bare();
    socket.write(
      `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'rpc.authenticate', params: { token } })}\n${JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'query:core.status' })}\n`,
    );
    assert.deepEqual(codes(await ended), ['UNAUTHENTICATED']);
  }
});

test('bytes that are no UTF-8, no JSON, or another protocol end a connection that has not shown a token', async () => {
  for (const [bytes, code] of [
    [Buffer.of(0xff, 0xfe, 0x0a), 'PARSE_ERROR'],
    ['GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', 'PARSE_ERROR'],
    ['\u0016\u0003\u0001\n', 'PARSE_ERROR'],
  ] as const) {
    const { socket, ended } = await bare();
    socket.write(bytes);
    assert.deepEqual(codes(await ended), [code]);
  }
});

test(
  'half a message, then silence: the connection is closed in time, and others are served meanwhile',
  { timeout: LIMITS.handshakeMs + 120_000 },
  async () => {
    const { socket, ended } = await bare();
    const silent = await bare();
    const began = performance.now();
    socket.write('{"jsonrpc":"2.0","id":1,"method":"rpc.auth');
    await isWell();
    assert.deepEqual([await ended, await silent.ended], ['', '']);
    const tookMs = performance.now() - began;
    assert.ok(tookMs > LIMITS.handshakeMs - 500, `${tookMs} ms`);
  },
);

test('half a message after the handshake waits for its other half', async () => {
  const { socket, ended } = await bare();
  socket.write(hello());
  const request = '{"jsonrpc":"2.0","id":3,"method":"rpc.ping"}\n';
  socket.write(request.slice(0, 20));
  await isWell();
  socket.write(request.slice(20));
  socket.end();
  assert.deepEqual(codes(await ended), [0, 0, 0]);
});

test('1,000 connections are served, and gone when they are gone', async () => {
  const clients = await Promise.all(Array.from({ length: 1000 }, () => daemon.authenticated()));
  const answers = await Promise.all(clients.map((client) => client.call('query:core.device')));
  assert.equal(new Set(answers.map(({ result }) => result.id)).size, 1);
  const status = await clients[0]?.call('query:core.status');
  assert.ok(status.result.sessions >= 1000);
  assert.ok(status.result.host.rss_bytes < 250 * 1024 * 1024, `${status.result.host.rss_bytes} bytes`);
  for (const client of clients) client.pipe.destroy();
  const client = await daemon.client();
  await until(async () => (await client.call('query:core.status')).sessions === 1);
  assert.equal((await client.call('query:core.status')).host?.['sockets'], 1);
  client.close();
});

test('a daemon that is busy keeps those who connect waiting, more of them than fit into its queue', async () => {
  daemon.process.kill('SIGSTOP');
  const dials = Array.from({ length: LIMITS.connections + 500 }, () => dialSocket(daemon.record.socket));
  // Those that fit are in the queue by now.
  await Promise.all(dials.slice(0, 100));
  daemon.process.kill('SIGCONT');
  for (const pipe of await Promise.all(dials)) pipe.destroy();
  await isWell();
});

test('one connection too many is closed, the others go on', async () => {
  const silent = await Promise.all(Array.from({ length: LIMITS.connections - 1 }, bare));
  const client = await daemon.client();
  await client.handshake;
  const refused = await bare();
  assert.equal(await refused.ended, '');
  assert.deepEqual(await client.request('rpc.ping'), {});
  for (const { socket } of silent) socket.destroy();
  await until(async () => (await client.call('query:core.status')).sessions === 1);
  client.close();
});

test('a client that floods and never reads is held back, not fed', async () => {
  const { socket } = await bare();
  socket.pause();
  socket.write(hello());
  const request = `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'rpc.discover' })}\n`;
  let held = false;
  for (let i = 0; i < 20_000 && !held; i++) {
    if (!socket.write(request.repeat(50)))
      held = !(await Promise.race([
        once(socket, 'drain').then(() => true),
        isWell()
          .then(isWell)
          .then(() => false),
      ]));
  }
  assert.ok(held, 'the daemon stopped reading');
  const client = await daemon.client();
  const { host } = await client.call('query:core.status');
  assert.ok(Number(host?.['rss_bytes']) < 300 * 1024 * 1024, `${host?.['rss_bytes']} bytes`);
  client.close();
  socket.destroy();
});
