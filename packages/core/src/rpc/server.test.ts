import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RpcFixture, TOKEN } from '../testing/rpc-fixture.ts';
import { memoryPipes } from './memory-pipe.ts';
import { LIMITS } from './protocol.ts';

test('close answers what changes something, ends what only reads, refuses what is new', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  client.request('query:test.wait', { tag: 'query' }, 'query');
  client.request('action:test.wait_on', { tag: 'action' }, 'action');
  await client.call('rpc.ping');
  const closed = fixture.server.close();
  client.request('query:test.echo', { value: 1 }, 'late');
  const answers = [await client.next(), await client.next()];
  assert.deepEqual(
    new Set(answers.map(({ id, error }) => `${id}: ${error.data.code}`)),
    new Set(['late: SHUTTING_DOWN', 'query: SHUTTING_DOWN']),
  );
  fixture.open('action');
  assert.deepEqual((await client.next()).result.result, { tag: 'action' });
  await Promise.all([closed, client.closed]);
  assert.equal(fixture.server.sessions, 0);
  assert.equal(fixture.clock.timers, 0);
});

test('close does not wait forever', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  client.request('action:test.wait_on', { tag: 'never' });
  await client.call('rpc.ping');
  const closed = fixture.server.close(500);
  fixture.clock.pass(500);
  await Promise.all([closed, client.closed]);
  assert.equal(fixture.logged.at(-1)?.message, 'connections did not end in time');
});

test('close ends connections that have not said anything yet, and takes no new ones', async () => {
  const fixture = new RpcFixture();
  const silent = fixture.connect();
  await fixture.server.close();
  await silent.closed;
  await fixture.connect().closed;
});

test('a connection too many is closed; when one ends there is room again', async () => {
  const fixture = new RpcFixture();
  const clients = Array.from({ length: LIMITS.connections }, () => fixture.connect());
  const refused = fixture.connect();
  await refused.closed;
  assert.equal(fixture.server.sessions, LIMITS.connections);
  clients[0]?.pipe.destroy();
  await clients[0]?.closed;
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual((await fixture.connect().call('rpc.authenticate', { token: TOKEN })).result, {
    authenticated: true,
  });
});

test('a pipe in memory delivers what was sent before it was closed', async () => {
  const [left, right] = memoryPipes();
  const heard: string[] = [];
  const closed = new Promise<void>((resolve) =>
    right.listen({ message: (text) => void heard.push(text), fault() {}, drain() {}, closed: resolve }),
  );
  const ours = new Promise<void>((resolve) => left.listen({ message() {}, fault() {}, drain() {}, closed: resolve }));
  left.send('one');
  left.send('two');
  left.close();
  left.send('after');
  await Promise.all([closed, ours]);
  assert.deepEqual(heard, ['one', 'two']);
  assert.equal(right.send('into the void'), true);
});
