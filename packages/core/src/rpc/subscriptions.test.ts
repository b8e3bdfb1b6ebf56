import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CoreEvent } from '../events.ts';
import { EVENT_HISTORY } from '../events.ts';
import { type Message, RawClient, RpcFixture } from '../testing/rpc-fixture.ts';
import { memoryPipes } from './memory-pipe.ts';
import { LIMITS } from './protocol.ts';

const entry = (path: string, more: Partial<CoreEvent> = {}): CoreEvent => ({
  resource: 'entry',
  change: 'updated',
  library: 'library-1',
  path,
  ...more,
});
const job = (id: string, done: number): CoreEvent => ({
  resource: 'job',
  change: 'progress',
  ids: [id],
  library: 'library-1',
  data: { done },
});

async function subscribed(client: RawClient, params: Message = {}): Promise<Message> {
  const { result, error } = await client.call('rpc.subscribe', params);
  assert.equal(error, undefined);
  return result;
}

/** Everything that comes before the answer to a ping. */
async function heard(client: RawClient): Promise<Message[]> {
  const id = client.request('rpc.ping', {}, 'heard');
  const messages: Message[] = [];
  for (let message = await client.next(); message.id !== id; message = await client.next()) messages.push(message);
  return messages;
}
const paths = (messages: Message[]): string[] => messages.map(({ params }) => params.event.path);

test('an event arrives as a notification with its subscription and a cursor', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  const { subscription, cursor, gap } = await subscribed(client);
  assert.deepEqual([cursor, gap], ['epoch-1:0', undefined]);
  fixture.events.publish(entry('/a'));
  assert.deepEqual(await client.next(), {
    jsonrpc: '2.0',
    method: 'rpc.event',
    params: {
      subscription,
      cursor: 'epoch-1:1',
      event: {
        resource: 'entry',
        change: 'updated',
        library: 'library-1',
        path: '/a',
        sequence: 1,
        at: fixture.clock.now(),
      },
    },
  });
});

test('what happens between the subscribe and its answer comes after the answer', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  client.send([
    { jsonrpc: '2.0', id: 1, method: 'rpc.subscribe', params: {} },
    { jsonrpc: '2.0', id: 2, method: 'query:test.wait', params: { tag: 'gate' } },
  ]);
  while (!fixture.begun.includes('gate')) await Promise.resolve();
  fixture.events.publish(entry('/early'), job('j', 1));
  fixture.open('gate');
  const answers = await client.next();
  assert.equal(answers[0].result.cursor, 'epoch-1:0');
  assert.deepEqual(paths([await client.next()]), ['/early']);
  assert.equal((await client.next()).params.event.change, 'progress');
});

test('filters by resource, library and path scope', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  const jobs = await subscribed(client, { resources: ['job', 'core'] });
  const library = await subscribed(client, { library: 'Photos', resources: ['entry'] });
  const folder = await subscribed(client, { path: '/home/ana' });
  fixture.events.publish(
    entry('/home/ana/a.jpg'),
    entry('/home/ana'),
    entry('/home/anabel'),
    entry('/home', { change: 'deleted' }),
    entry('/home', { change: 'progress' }),
    entry('/', { library: 'other' }),
    job('j', 1),
    { resource: 'core', change: 'updated' },
  );
  const seen = (await heard(client)).map(({ params }) => [
    params.subscription,
    params.event.path ?? params.event.resource,
  ]);
  const of = (id: string): string[] =>
    seen.filter(([subscription]) => subscription === id).map(([, what]) => what as string);
  assert.deepEqual(of(jobs.subscription), ['job', 'core']);
  assert.deepEqual(of(library.subscription), ['/home/ana/a.jpg', '/home/ana', '/home/anabel', '/home', '/home']);
  assert.deepEqual(of(folder.subscription), ['/home/ana/a.jpg', '/home/ana', '/home', '/']);
});

test('a scope at the root of the file system holds everything', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  await subscribed(client, { path: '/' });
  fixture.events.publish(entry('/x'), { resource: 'core', change: 'updated' });
  assert.deepEqual(paths(await heard(client)), ['/x']);
});

for (const [what, params, code] of [
  ['an unknown library', { library: 'Nothing' }, 'NOT_FOUND'],
  ['an unknown resource', { resources: ['weather'] }, 'INVALID_INPUT'],
  ['no resource at all', { resources: [] }, 'INVALID_INPUT'],
  ['a path that is none', { path: 'here' }, 'INVALID_INPUT'],
  ['a cursor that is none', { cursor: 'yesterday' }, 'INVALID_INPUT'],
  ['a parameter too many', { location: 'x' }, 'INVALID_INPUT'],
] as const) {
  test(`${what}: ${code}`, async () => {
    const client = await new RpcFixture().ready();
    assert.equal((await client.call('rpc.subscribe', params)).error.data.code, code);
  });
}

test('a session hears only what it may read', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready(['core.read']);
  const refused = await client.call('rpc.subscribe', { resources: ['job', 'entry'] });
  assert.deepEqual([refused.error.data.code, refused.error.data.missing], ['FORBIDDEN', ['library.read']]);
  await subscribed(client);
  fixture.events.publish(entry('/secret'), { resource: 'core', change: 'updated' });
  assert.deepEqual(
    (await heard(client)).map(({ params }) => params.event.resource),
    ['core'],
  );
});

test('unsubscribe ends it, and only once', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  const { subscription } = await subscribed(client);
  assert.equal(fixture.events.listeners, 1);
  assert.deepEqual((await client.call('rpc.unsubscribe', { subscription })).result, {});
  fixture.events.publish(entry('/a'));
  assert.deepEqual(await heard(client), []);
  assert.equal(fixture.events.listeners, 0);
  assert.equal((await client.call('rpc.unsubscribe', { subscription })).error.data.code, 'NOT_FOUND');
});

test('a connection has so many subscriptions, and they end with it', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  for (let i = 0; i < LIMITS.subscriptions; i++) await subscribed(client);
  assert.equal((await client.call('rpc.subscribe', {})).error.data.code, 'TOO_MANY_REQUESTS');
  assert.equal(fixture.events.listeners, LIMITS.subscriptions);
  client.pipe.close();
  await client.closed;
  await Promise.resolve();
  assert.equal(fixture.events.listeners, 0);
});

test('a cursor goes on where the last connection ended, without a gap and without doubles', async () => {
  const fixture = new RpcFixture();
  const first = await fixture.ready();
  await subscribed(first, { resources: ['entry'] });
  fixture.events.publish(entry('/1'), entry('/2'));
  const { params } = (await heard(first)).at(-1);
  first.pipe.destroy();
  fixture.events.publish(entry('/3'), job('j', 5), { resource: 'core', change: 'updated' }, entry('/4'));

  const second = await fixture.ready();
  const { cursor, gap } = await subscribed(second, { resources: ['entry'], cursor: params.cursor });
  assert.deepEqual([cursor, gap], [params.cursor, undefined]);
  fixture.events.publish(entry('/5'));
  assert.deepEqual(paths(await heard(second)), ['/3', '/4', '/5']);
});

test('a cursor of another run, too old, or from the future is a gap: go on from now', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  for (let i = 0; i < EVENT_HISTORY * 2; i++) fixture.events.publish(entry(`/${i}`));
  const now = `epoch-1:${fixture.events.sequence}`;
  for (const cursor of ['epoch-0:5', 'epoch-1:5', `epoch-1:${fixture.events.sequence + 1}`]) {
    const answer = await subscribed(client, { cursor });
    assert.deepEqual([answer.gap, answer.cursor], [true, now], cursor);
  }
  assert.deepEqual(await heard(client), []);
});

test('a reader that stops is not sent more than its pipe holds, and misses nothing when it goes on', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  await subscribed(client);
  client.pipe.pause();
  const data = { filler: 'x'.repeat(1000) };
  for (let i = 0; i < 2000; i++) {
    fixture.events.publish(entry(`/${i}`, { data }), { ...job('j', i) });
  }
  assert.ok(client.received.length === 0);
  client.pipe.resume();
  const events = (await heard(client)).map(({ params }) => params.event);
  assert.deepEqual(
    events.filter(({ resource }) => resource === 'entry').map(({ path }) => path),
    Array.from({ length: 2000 }, (_, i) => `/${i}`),
  );
  const progress = events.filter(({ resource }) => resource === 'job');
  assert.ok(progress.length < 200, `only the newest picture of those that waited: ${progress.length}`);
  assert.equal(progress.at(-1).data.done, 1999);
  const sequences = events.map(({ sequence }) => sequence);
  assert.deepEqual(
    sequences,
    sequences.toSorted((a, b) => a - b),
  );
  fixture.events.publish(entry('/after'));
  assert.deepEqual(paths(await heard(client)), ['/after']);
});

test('for a reader that stands still no more than a pipe full waits, whatever happens meanwhile', async () => {
  const fixture = new RpcFixture();
  const [ours, theirs] = memoryPipes();
  fixture.server.accept(ours, { trusted: true });
  const client = new RawClient(theirs);
  await client.call('rpc.handshake', { protocol: 1, client: 'test 1' });
  await subscribed(client);
  client.pipe.pause();
  for (let i = 0; i < 5000; i++)
    fixture.events.publish(entry(`/${i}`, { data: { filler: 'x'.repeat(500) } }), job(`${i}`, i));
  assert.ok(ours.buffered > 60_000 && ours.buffered < 70_000, `${ours.buffered} characters wait`);
  client.pipe.resume();
  const events = (await heard(client)).map(({ params }) => params.event);
  assert.equal(events.filter(({ resource }) => resource === 'entry').length, 5000);
});

test('a reader that is further behind than the history reaches is disconnected', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  await subscribed(client);
  client.pipe.pause();
  for (let i = 0; i < EVENT_HISTORY * 2; i++) fixture.events.publish(entry(`/${i}`));
  client.pipe.resume();
  await client.closed;
  assert.equal(fixture.logged.at(-1)?.facts?.['reason'], 'the client is too far behind the events');
  assert.equal(fixture.events.listeners, 0);
});

test('a reader that fetches nothing for long is disconnected, one that fetches a little is not', async () => {
  const fixture = new RpcFixture();
  const [dead, slow] = [await fixture.ready(), await fixture.ready()];
  const other = await fixture.ready();
  await subscribed(dead);
  await subscribed(slow);
  for (const client of [dead, slow]) client.pipe.pause();
  for (let i = 0; i < 1000; i++) fixture.events.publish(entry(`/${i}`, { data: { filler: 'x'.repeat(1000) } }));
  fixture.clock.pass(LIMITS.stalledMs - 1);
  assert.equal(fixture.server.sessions, 3);
  slow.pipe.resume();
  await slow.next();
  slow.pipe.pause();
  fixture.clock.pass(1);
  await dead.closed;
  assert.deepEqual((await other.call('rpc.ping')).result, {});
  assert.equal(fixture.server.sessions, 2);
  fixture.clock.pass(LIMITS.stalledMs * 2);
  await slow.closed;
  assert.equal(fixture.logged.at(-1)?.facts?.['reason'], 'the client fetches nothing');
});

test('a client that asks and does not read is not served on, and loses nothing when it reads', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  let served = 0;
  Object.assign(fixture.host.dispatcher, {
    call: () => {
      served++;
      return Promise.resolve('x'.repeat(50_000));
    },
  });
  client.pipe.pause();
  for (let i = 0; i < 200; i++) client.request('query:test.echo', {}, `r${i}`);
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(served <= LIMITS.running + 2, `${served} were served`);
  client.pipe.resume();
  const ids = new Set<string>();
  for (let i = 0; i < 200; i++) ids.add((await client.next()).id);
  assert.equal(ids.size, 200);
});
