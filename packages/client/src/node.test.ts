import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type Socket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { RpcError } from './errors.ts';
import { connectToDaemon } from './node.ts';

/** A data folder that says a daemon listens at `socket`. */
function dataFolder(
  context: TestContext,
  files: { token?: string; record?: string },
): { folder: string; socket: string } {
  const folder = mkdtempSync(join(tmpdir(), 'sd-client-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const socket = process.platform === 'win32' ? `\\\\.\\pipe\\${folder.replaceAll(/\W/g, '')}` : join(folder, 's');
  writeFileSync(
    join(folder, 'daemon.json'),
    files.record ?? JSON.stringify({ pid: 1, version: '1', protocol: 1, started_at: 0, socket }),
  );
  if (files.token !== undefined) writeFileSync(join(folder, 'token'), files.token);
  return { folder, socket };
}

test('token, handshake and the first request reach a running daemon in one piece', async (context) => {
  const { folder, socket } = dataFolder(context, { token: 'abc\n' });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  context.after(() => server.close());
  const connected = once(server, 'connection') as Promise<[Socket]>;
  const asked = connectToDaemon({ dataFolder: folder, client: 'test 1', start: false }).then(({ client }) =>
    client.request('query:core.status'),
  );
  const [accepted] = await connected;
  const [chunk] = await once(accepted, 'data');
  const sent = String(chunk)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    sent.map(({ method }) => method),
    ['rpc.authenticate', 'rpc.handshake', 'query:core.status'],
  );
  assert.deepEqual(sent[0].params, { token: 'abc' });
  accepted.write(
    '{"jsonrpc":"2.0","id":1,"result":{}}\n{"jsonrpc":"2.0","id":2,"result":{}}\n{"jsonrpc":"2.0","id":3,"result":"here"}\n',
  );
  assert.equal(await asked, 'here');
  accepted.destroy();
});

for (const [what, files] of [
  ['nobody listens any more', { token: 'abc' }],
  ['there is no token', {}],
  ['the record is cut off', { token: 'abc', record: '{"pid": 1, "sock' }],
  ['the record is of another kind', { token: 'abc', record: 'null' }],
] as const) {
  test(`where ${what}, no daemon runs`, async (context) => {
    const { folder } = dataFolder(context, files);
    await assert.rejects(
      connectToDaemon({ dataFolder: folder, client: 'test 1', start: false }),
      (error) => error instanceof RpcError && error.code === 'NOT_RUNNING',
    );
  });
}
