import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { LIMITS } from '@sd/core/rpc/protocol.ts';
import { type ClientOptions, WebSocket } from 'ws';
import { DaemonProcess, temporaryFolder } from './daemon-process.ts';

type Message = ReturnType<typeof JSON.parse>;

/** How the handshake of the WebSocket ends: open, or the HTTP status. */
async function dial(port: number, options: ClientOptions = {}): Promise<WebSocket | number> {
  const websocket = new WebSocket(`ws://127.0.0.1:${port}`, options);
  return new Promise((resolve, reject) => {
    websocket.once('open', () => resolve(websocket));
    websocket.once('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0);
      response.resume();
    });
    websocket.once('error', reject);
  });
}

async function open(port: number, options: ClientOptions = {}): Promise<WebSocket> {
  const websocket = await dial(port, options);
  if (typeof websocket === 'number') throw new Error(`refused with ${websocket}`);
  return websocket;
}

async function ask(websocket: WebSocket, method: string, params?: object): Promise<Message> {
  websocket.send(JSON.stringify({ jsonrpc: '2.0', id: method, method, params }));
  const [data] = await once(websocket, 'message');
  return JSON.parse(String(data));
}

const portOf = (daemon: DaemonProcess): number => daemon.record.websocket?.port ?? 0;

test('off unless asked for', async (context) => {
  const daemon = await DaemonProcess.ready(context);
  assert.equal(daemon.record.websocket, undefined);
});

test('the same messages as over the socket, after the same token', async (context) => {
  const daemon = await DaemonProcess.ready(context, { args: ['--websocket'] });
  const websocket = await open(portOf(daemon));
  assert.deepEqual((await ask(websocket, 'rpc.authenticate', { token: daemon.token })).result, { authenticated: true });
  assert.equal((await ask(websocket, 'rpc.handshake', { protocol: 1, client: 'web 1' })).result.protocol, 1);
  const { result } = await ask(websocket, 'query:core.status');
  assert.deepEqual(
    [result.host.pid, result.host.sockets, result.host.websocket_port],
    [daemon.process.pid, 1, portOf(daemon)],
  );
  await ask(websocket, 'rpc.subscribe', { resources: ['core'] });
  const big = await ask(websocket, 'rpc.discover');
  assert.ok(big.result.methods.length > 10);
  const closed = once(websocket, 'close');
  const { code } = await daemon.stop();
  assert.equal(code, 0);
  await closed;
});

test('without the token it is closed, like any other connection', async (context) => {
  const daemon = await DaemonProcess.ready(context, { args: ['--websocket'] });
  const websocket = await open(portOf(daemon));
  const closed = once(websocket, 'close');
  assert.equal((await ask(websocket, 'query:core.status')).error.data.code, 'UNAUTHENTICATED');
  await closed;
});

test('a page that is not on the list, and an address that is not ours, are refused before anything is said', async (context) => {
  const dataFolder = temporaryFolder(context);
  writeFileSync(join(dataFolder, 'config.json'), JSON.stringify({ websocket: { origins: ['http://localhost:5173'] } }));
  const daemon = await DaemonProcess.ready(context, { dataFolder });
  const port = portOf(daemon);
  assert.equal(await dial(port, { origin: 'https://evil.example' }), 403);
  assert.equal(await dial(port, { origin: 'null' }), 403);
  assert.equal(await dial(port, { headers: { host: `evil.example:${port}` } }), 403);
  assert.equal(await dial(port, { headers: { host: '127.0.0.1' } }), 403);
  (await open(port, { origin: 'http://localhost:5173' })).terminate();
  (await open(port, { headers: { host: `localhost:${port}` } })).terminate();
});

test('a message too large and a binary one end the connection', async (context) => {
  const daemon = await DaemonProcess.ready(context, { args: ['--websocket'] });
  for (const message of [
    Buffer.from('{}'),
    'x'.repeat(LIMITS.messageBytesBefore + 1),
    'x'.repeat(LIMITS.messageBytes + 1),
  ]) {
    const websocket = await open(portOf(daemon));
    websocket.on('error', () => {});
    const closed = once(websocket, 'close');
    websocket.send(message);
    await closed;
  }
});

test('it listens on this machine only, and speaks nothing but WebSocket', async (context) => {
  const daemon = await DaemonProcess.ready(context, { args: ['--websocket'] });
  const answer = await fetch(`http://127.0.0.1:${portOf(daemon)}/`);
  assert.equal(answer.status, 426);
  const elsewhere = createConnection(portOf(daemon), '127.0.0.2');
  const [error] = await once(elsewhere, 'error');
  assert.equal((error as NodeJS.ErrnoException).code, 'ECONNREFUSED');
});

test('a port that is taken is a clear error, and nothing is left behind', async (context) => {
  const first = await DaemonProcess.ready(context, { args: ['--websocket'] });
  const second = new DaemonProcess(context, temporaryFolder(context), { args: [`--websocket=${portOf(first)}`] });
  const told = await second.told;
  assert.match(told?.error?.message ?? '', new RegExp(`cannot listen on 127.0.0.1:${portOf(first)}`));
  assert.deepEqual(await second.exited, { code: 1, signal: null });
});
