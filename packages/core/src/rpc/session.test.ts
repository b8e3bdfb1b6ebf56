import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PERMISSIONS } from '../operation.ts';
import { RpcFixture, TOKEN } from '../testing/rpc-fixture.ts';
import { LIMITS } from './protocol.ts';

const HANDSHAKE = { protocol: 1, client: 'test 1' };

test('token, handshake, then requests – also when all of it is sent at once', async () => {
  const client = new RpcFixture().connect();
  client.request('rpc.authenticate', { token: TOKEN });
  client.request('rpc.handshake', HANDSHAKE);
  client.request('query:test.echo', { value: 'hello' });
  assert.deepEqual((await client.next()).result, { authenticated: true });
  const { result } = await client.next();
  assert.deepEqual(
    { ...result, session: '' },
    {
      protocol: 1,
      version: '1.2.3',
      session: '',
      permissions: [...PERMISSIONS],
      device: { id: 'device-1', name: 'Test', slug: 'test' },
    },
  );
  assert.deepEqual((await client.next()).result, { value: 'hello' });
});

test('a wrong token is answered, logged without the token, and the connection closed', async () => {
  const fixture = new RpcFixture();
  const client = fixture.connect();
  client.request('rpc.authenticate', { token: 'guess' });
  client.request('rpc.handshake', HANDSHAKE);
  client.request('query:test.echo', { value: 1 });
  const answer = await client.next();
  assert.equal(answer.error.data.code, 'UNAUTHENTICATED');
  assert.ok(answer.error.data.way_out);
  await client.closed;
  assert.deepEqual(client.received, []);
  assert.equal(
    fixture.logged.some(({ level }) => level === 'warn'),
    true,
  );
  assert.equal(JSON.stringify(fixture.logged).includes('guess'), false);
  assert.equal(fixture.server.sessions, 0);
});

for (const [what, first] of [
  ['a request', { jsonrpc: '2.0', id: 1, method: 'query:test.echo', params: { value: 1 } }],
  ['the handshake', { jsonrpc: '2.0', id: 1, method: 'rpc.handshake', params: HANDSHAKE }],
  ['a ping', { jsonrpc: '2.0', id: 1, method: 'rpc.ping' }],
  ['discovery', { jsonrpc: '2.0', id: 1, method: 'rpc.discover' }],
  ['a batch with the right token', [{ jsonrpc: '2.0', id: 1, method: 'rpc.authenticate', params: { token: TOKEN } }]],
] as const) {
  test(`before the token, ${what} is refused and the connection closed`, async () => {
    const client = new RpcFixture().connect();
    client.send(first);
    assert.equal((await client.next()).error.data.code, 'UNAUTHENTICATED');
    await client.closed;
  });
}

test('before the token, what is not JSON or too large ends the connection', async () => {
  for (const [message, code] of [
    ['nonsense', 'PARSE_ERROR'],
    [JSON.stringify('x'.repeat(LIMITS.messageBytesBefore)), 'TOO_LARGE'],
  ] as const) {
    const client = new RpcFixture().connect();
    client.send(message);
    assert.equal((await client.next()).error.data.code, code);
    await client.closed;
  }
});

test('before the handshake there are no requests, but another try', async () => {
  const client = new RpcFixture().connect();
  await client.call('rpc.authenticate', { token: TOKEN });
  assert.equal((await client.call('query:test.echo', { value: 1 })).error.data.code, 'INVALID_REQUEST');
  assert.equal((await client.call('rpc.subscribe', {})).error.data.code, 'INVALID_REQUEST');
  const refused = await client.call('rpc.handshake', { protocol: 2, client: 'newer 9' });
  assert.equal(refused.error.data.code, 'UNSUPPORTED_PROTOCOL');
  assert.deepEqual(refused.error.data.supported, [1]);
  assert.equal((await client.call('rpc.handshake', { protocol: 1 })).error.data.code, 'INVALID_INPUT');
  assert.equal((await client.call('rpc.handshake', HANDSHAKE)).result.protocol, 1);
  assert.equal((await client.call('rpc.handshake', HANDSHAKE)).error.data.code, 'INVALID_REQUEST');
});

test('a connection without a handshake is closed in time, one with a handshake stays', async () => {
  const fixture = new RpcFixture();
  const [silent, half, good] = [fixture.connect(), fixture.connect(), await fixture.ready()];
  await half.call('rpc.authenticate', { token: TOKEN });
  fixture.clock.pass(LIMITS.handshakeMs - 1);
  assert.equal(fixture.server.sessions, 3);
  fixture.clock.pass(1);
  await Promise.all([silent.closed, half.closed]);
  fixture.clock.pass(LIMITS.handshakeMs * 100);
  assert.deepEqual((await good.call('rpc.ping')).result, {});
  assert.equal(fixture.clock.timers, 0);
});

test('a session has the permissions it asked for, of those there are', async () => {
  const fixture = new RpcFixture();
  const modest = await fixture.ready(['core.read']);
  assert.deepEqual((await modest.call('query:test.echo', { value: 1 })).result, { value: 1 });
  const refused = await modest.call('action:test.wait_on', { tag: 'a' });
  assert.equal(refused.error.data.code, 'FORBIDDEN');
  assert.deepEqual(refused.error.data.missing, ['core.manage']);

  const limited = fixture.connect({ trusted: true, permissions: ['library.read'] });
  assert.deepEqual((await limited.call('rpc.handshake', HANDSHAKE)).result.permissions, ['library.read']);
  assert.equal((await limited.call('query:test.echo', { value: 1 })).error.data.code, 'FORBIDDEN');
});

test('a connection made inside the process needs no token, and takes the same messages', async () => {
  const client = await new RpcFixture().ready(undefined, { trusted: true });
  assert.deepEqual((await client.call('query:test.echo', { value: [1] })).result, { value: [1] });
  assert.equal((await client.call('rpc.authenticate', { token: 'any' })).error.data.code, 'INVALID_REQUEST');
});

test('a fault of ours is logged with its cause, and the client learns nothing of it', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  const { error } = await client.call('query:test.fail', {});
  assert.deepEqual(error, { code: -32603, message: 'a fault of ours; the log has it', data: { code: 'INTERNAL' } });
  const line = fixture.logged.find(({ level }) => level === 'error');
  assert.match(String(line?.facts?.['error']), /1234/);
  assert.equal(line?.facts?.['method'], 'query:test.fail');
});

test('a result that is no JSON is a fault of ours', async () => {
  const fixture = new RpcFixture();
  const { dispatcher } = fixture.host;
  Object.assign(dispatcher, { call: () => Promise.resolve(1n) });
  const client = await fixture.ready();
  assert.equal((await client.call('query:test.echo', {})).error.data.code, 'INTERNAL');
});
