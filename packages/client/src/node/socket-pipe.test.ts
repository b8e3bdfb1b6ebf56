import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { type Server, type Socket, createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { SocketPipe, dialSocket } from './socket-pipe.ts';

interface Heard {
  readonly messages: string[];
  readonly faults: string[];
  readonly closed: Promise<void>;
  drained: number;
}

function listen(pipe: SocketPipe, onMessage: (text: string) => void = () => {}): Heard {
  const heard = { messages: [] as string[], faults: [] as string[], drained: 0, closed: Promise.resolve() };
  heard.closed = new Promise((resolve) =>
    pipe.listen({
      message: (text) => (heard.messages.push(text), onMessage(text)),
      fault: (code) => void heard.faults.push(code),
      drain: () => void heard.drained++,
      closed: resolve,
    }),
  );
  return heard;
}

/** A pipe on the server's side, and the bare socket on the other. */
async function pair(context: TestContext): Promise<{ pipe: SocketPipe; socket: Socket; path: string; server: Server }> {
  const folder = mkdtempSync(join(tmpdir(), 'sd-pipe-'));
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\${folder.replaceAll(/\W/g, '')}` : join(folder, 's');
  const server = createServer({ pauseOnConnect: true });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const socket = createConnection(path);
  const theirs = await accepted;
  context.after(() => {
    socket.destroy();
    theirs.destroy();
    server.close();
    rmSync(folder, { recursive: true });
  });
  theirs.resume();
  return { pipe: new SocketPipe(theirs), socket, path, server };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

test('messages cut anywhere arrive whole, and what is sent in one go is one write', async (context) => {
  const { pipe, socket } = await pair(context);
  const heard = listen(pipe);
  const bytes = Buffer.from('{"name":"Grüße 😀"}\n{"b":2}\n');
  for (const byte of bytes) {
    socket.write(Buffer.of(byte));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await until(() => heard.messages.length === 2);
  assert.deepEqual(heard.messages, ['{"name":"Grüße 😀"}', '{"b":2}']);

  const chunks: string[] = [];
  socket.on('data', (chunk) => void chunks.push(String(chunk)));
  for (const text of ['1', '2', '3']) pipe.send(text);
  await until(() => chunks.length > 0);
  assert.deepEqual(chunks, ['1\n2\n3\n']);
});

test('paused in the middle of a chunk, it delivers nothing more until it is resumed', async (context) => {
  const { pipe, socket } = await pair(context);
  const heard: Heard = listen(pipe, (text) => {
    if (text === '2') pipe.pause();
  });
  socket.write('1\n2\n3\n4\n');
  await until(() => heard.messages.length === 2);
  socket.write('5\n');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(heard.messages, ['1', '2']);
  pipe.resume();
  await until(() => heard.messages.length === 5);
  assert.deepEqual(heard.messages, ['1', '2', '3', '4', '5']);
});

test('says when there is too much, and when there is room again', async (context) => {
  const { pipe, socket } = await pair(context);
  const heard = listen(pipe);
  const text = 'x'.repeat(1_000_000);
  assert.equal(pipe.send(text), false);
  assert.ok(pipe.buffered >= text.length);
  assert.equal(heard.drained, 0);
  let received = 0;
  socket.on('data', (chunk) => (received += chunk.length));
  await until(() => heard.drained === 1 && received === text.length + 1);
  assert.equal(pipe.buffered, 0);
});

test('a message over the limit is a fault; the last word reaches who is still sending, and then it ends', async (context) => {
  const { pipe, socket } = await pair(context);
  pipe.limit = 1000;
  const heard = listen(pipe);
  let answer = '';
  socket.on('data', (chunk) => (answer += String(chunk)));
  const ended = new Promise<void>((resolve) => socket.once('end', resolve));
  heard.faults.push = (code: string) => {
    pipe.send(`refused: ${code}`);
    return 1;
  };
  socket.write('x'.repeat(3_000_000));
  await ended;
  assert.equal(answer, 'refused: TOO_LARGE\n');
  socket.destroy();
  await heard.closed;
  assert.deepEqual(heard.messages, []);
});

test('close lets what was sent go out; afterwards nothing is taken', async (context) => {
  const { pipe, socket } = await pair(context);
  const heard = listen(pipe);
  let received = '';
  socket.on('data', (chunk) => (received += String(chunk)));
  pipe.send('x'.repeat(500_000));
  pipe.close();
  assert.equal(pipe.send('late'), true);
  await heard.closed;
  assert.equal(received.length, 500_001);
});

test('the end of the other side, and its sudden end, is the end', async (context) => {
  for (const end of [(socket: Socket) => socket.end(), (socket: Socket) => socket.destroy()]) {
    const { pipe, socket } = await pair(context);
    const heard = listen(pipe);
    end(socket);
    await heard.closed;
    assert.equal(pipe.send('nobody hears'), true);
  }
});

test('dialling nobody says so', async () => {
  await assert.rejects(dialSocket(join(tmpdir(), 'sd-nobody-listens.sock')), { code: 'ENOENT' });
});
