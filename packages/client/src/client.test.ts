import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CoreEvent } from '@sd/core/events.ts';
import type { Pipe } from '@sd/core/rpc/pipe.ts';
import { RpcFixture, TOKEN } from '@sd/core/testing/rpc-fixture.ts';
import { type Client, connect } from './client.ts';
import { RpcError } from './errors.ts';
import type { Methods } from './methods.ts';

const NAME = { client: 'test 1' };
const event = (path: string): CoreEvent => ({ resource: 'entry', change: 'updated', path });

function connected(fixture: RpcFixture, token = TOKEN): Client {
  return connect(fixture.server.connect({ token: TOKEN }), { ...NAME, token });
}

function rejects(call: Promise<unknown>, code: string): Promise<void> {
  return assert.rejects(call, (error) => error instanceof RpcError && error.code === code);
}

test('calls can be made at once, without waiting for the handshake', async () => {
  const client = connected(new RpcFixture());
  const [first, second] = await Promise.all([
    client.request('query:test.echo', { value: 1 }),
    client.request('query:test.echo', { value: 2 }),
  ]);
  assert.deepEqual([first, second], [{ value: 1 }, { value: 2 }]);
  const { version, device, permissions } = await client.handshake;
  assert.deepEqual([version, device.slug, permissions.includes('library.write')], ['1.2.3', 'test', true]);
});

test('token, handshake and the first call leave in one go', async () => {
  const sent: string[] = [];
  const pipe: Pipe = {
    buffered: 0,
    limit: 0,
    send: (text) => sent.push(JSON.parse(text).method) > 0,
    listen() {},
    pause() {},
    resume() {},
    close() {},
    destroy() {},
  };
  void connect(pipe, { ...NAME, token: TOKEN }).request('query:core.status');
  assert.deepEqual(sent, ['rpc.authenticate', 'rpc.handshake', 'query:core.status']);
});

test('what the daemon refuses is an error with its code, message and way out', async () => {
  const client = connected(new RpcFixture());
  await rejects(client.request('query:test.nothing'), 'METHOD_NOT_FOUND');
  await assert.rejects(
    client.request('verify:test.wait_on', {}),
    (error) =>
      error instanceof RpcError &&
      error.code === 'INVALID_INPUT' &&
      /takes the receipt/.test(error.message) &&
      /receipt/.test(error.wayOut ?? ''),
  );
  await rejects(client.request('query:test.fail'), 'INTERNAL');
});

test('with a wrong token every call fails with that reason, and so does what comes later', async () => {
  const client = connected(new RpcFixture(), 'wrong');
  await rejects(client.request('query:test.echo', { value: 1 }), 'UNAUTHENTICATED');
  await rejects(client.handshake, 'UNAUTHENTICATED');
  assert.equal((await client.closed)?.code, 'UNAUTHENTICATED');
  await rejects(client.request('query:test.echo', { value: 1 }), 'UNAUTHENTICATED');
});

test('a session may be given less than everything', async () => {
  const fixture = new RpcFixture();
  const client = connect(fixture.server.connect({ token: TOKEN }), {
    ...NAME,
    token: TOKEN,
    permissions: ['library.read'],
  });
  await rejects(client.request('query:test.echo', { value: 1 }), 'FORBIDDEN');
});

test('a pipe made inside the process needs no token', async () => {
  const client = connect(new RpcFixture().server.connect(), NAME);
  assert.deepEqual(await client.request('query:test.echo', { value: 1 }), { value: 1 });
});

test('aborting asks the daemon to cancel, and the daemon says how it ended', async () => {
  const fixture = new RpcFixture();
  const client = connected(fixture);
  const abort = new AbortController();
  const cancelled = client.request('query:test.wait', { tag: 'a' }, { signal: abort.signal });
  const finished = client.request('query:test.wait', { tag: 'b' }, { signal: abort.signal });
  await client.request('rpc.ping');
  fixture.open('b');
  abort.abort();
  await rejects(cancelled, 'CANCELLED');
  assert.deepEqual(await finished, { tag: 'b' });
  await rejects(client.request('query:test.echo', { value: 1 }, { signal: abort.signal }), 'CANCELLED');
});

test('when the connection is lost, what waits fails, and what comes later too', async () => {
  const fixture = new RpcFixture();
  const client = connected(fixture);
  const waiting = client.request('query:test.wait', { tag: 'a' });
  const lost = rejects(waiting, 'SHUTTING_DOWN');
  await client.request('rpc.ping');
  await fixture.server.close();
  await lost;
  assert.equal((await client.closed)?.code, 'CONNECTION_CLOSED');
  await rejects(client.request('rpc.ping'), 'CONNECTION_CLOSED');
});

test('closed by ourselves, there is no reason to tell', async () => {
  const client = connected(new RpcFixture());
  await client.handshake;
  client.close();
  assert.equal(await client.closed, undefined);
});

test('a subscription hears what it asked for, from a cursor on, until it is ended', async () => {
  const fixture = new RpcFixture();
  const client = connected(fixture);
  const heard: [string | undefined, string][] = [];
  fixture.events.publish(event('/1'), event('/2'));
  const subscribed = await client.subscribe({ resources: ['entry'], cursor: 'epoch-1:1' }, ({ path }, cursor) =>
    heard.push([path, cursor]),
  );
  assert.equal(subscribed.gap, false);
  fixture.events.publish(event('/3'));
  await client.request('rpc.ping');
  assert.deepEqual(heard, [
    ['/2', 'epoch-1:2'],
    ['/3', 'epoch-1:3'],
  ]);
  await subscribed.end();
  fixture.events.publish(event('/4'));
  await client.request('rpc.ping');
  assert.equal(heard.length, 2);
  assert.equal(fixture.events.listeners, 0);
  assert.equal((await client.subscribe({ cursor: 'epoch-0:1' }, () => {})).gap, true);
});

test('the types of calls are those of the operations', () => {
  // Checked by the compiler; nothing runs.
  const calls = (client: Client): void => {
    void client.call('query:core.status').then(({ uptime_ms }) => uptime_ms.toFixed());
    void client
      .call('action:core.stop')
      .then(({ receipt, result }) => [receipt.length, result.stopping satisfies true]);
    void client.call('preview:core.stop', {}).then((plan) => plan.steps.map(({ what }) => what));
    void client.call('verify:core.stop', { receipt: 'x' }).then(({ ok }) => ok);
    // @ts-expect-error there is no such method
    void client.call('query:core.stop');
    // @ts-expect-error a verification needs its receipt
    void client.call('verify:core.stop');
    // @ts-expect-error a wrong type
    void client.call('query:core.status', { library: 7 });
  };
  assert.equal(typeof calls, 'function');
  const name: keyof Methods = 'query:core.device';
  assert.equal(name, 'query:core.device');
});
