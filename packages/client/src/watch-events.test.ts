import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CoreEvent } from '@sd/core/events.ts';
import { RpcFixture, TOKEN } from '@sd/core/testing/rpc-fixture.ts';
import { type Client, connect } from './client.ts';
import { RpcError } from './errors.ts';
import { type Watched, watchEvents } from './watch-events.ts';

const event = (path: string): CoreEvent => ({ resource: 'entry', change: 'updated', path });
class World {
  fixture = new RpcFixture();
  clients: Client[] = [];
  waits: number[] = [];
  reachable = true;

  readonly dial = async (): Promise<Client> => {
    if (!this.reachable) throw new RpcError('CONNECTION_CLOSED', 'nobody there');
    const client = connect(this.fixture.server.connect({ token: TOKEN }), { client: 'test 1', token: TOKEN });
    this.clients.push(client);
    return client;
  };
  readonly wait = async (attempt: number): Promise<void> => {
    this.waits.push(attempt);
    this.reachable ||= attempt === 3;
  };
  watch(signal?: AbortSignal) {
    return watchEvents(this.dial, { resources: ['entry'] }, { wait: this.wait, ...(signal ? { signal } : {}) })[
      Symbol.asyncIterator
    ]();
  }
  /** Resolves when the newest connection listens. */
  async listening(): Promise<void> {
    while (this.fixture.events.listeners === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The next event or gap; that the stream begins is no news. */
async function next(events: AsyncIterator<Watched, void>): Promise<string | undefined> {
  for (;;) {
    const { value } = await events.next();
    if (!value) return undefined;
    if ('event' in value) return value.event.path;
    if (value.gap) return `gap at ${value.cursor}`;
  }
}

test('goes on over a lost connection, without losing or doubling an event', async () => {
  const world = new World();
  const events = world.watch();
  const first = next(events);
  await world.listening();
  world.fixture.events.publish(event('/1'), event('/2'));
  assert.deepEqual([await first, await next(events)], ['/1', '/2']);

  world.reachable = false;
  const third = next(events);
  world.clients[0]?.close();
  world.fixture.events.publish(event('/3'));
  assert.equal(await third, '/3');
  assert.deepEqual(world.waits, [1, 2, 3]);
  world.fixture.events.publish(event('/4'));
  assert.equal(await next(events), '/4');
  await events.return?.();
  assert.equal(await world.clients[1]?.closed, undefined);
});

test('after a restart of the daemon it says that there is a gap, and goes on', async () => {
  const world = new World();
  const events = world.watch();
  const first = next(events);
  await world.listening();
  world.fixture.events.publish(event('/1'));
  assert.equal(await first, '/1');

  const old = world.fixture;
  world.fixture = new RpcFixture();
  Object.assign(world.fixture.events, { epoch: 'epoch-2' });
  await old.server.close();
  assert.equal(await next(events), 'gap at epoch-2:0');
  const last = next(events);
  world.fixture.events.publish(event('/after'));
  assert.equal(await last, '/after');
  await events.return?.();
});

test('ends when it is told to', async () => {
  const world = new World();
  const abort = new AbortController();
  const events = world.watch(abort.signal);
  assert.deepEqual((await events.next()).value, { gap: false, cursor: 'epoch-1:0' });
  const nothing = events.next();
  abort.abort();
  assert.equal((await nothing).done, true);
  assert.equal(await world.clients[0]?.closed, undefined);
});

test('what the daemon refuses is thrown, not tried again', async () => {
  const world = new World();
  const events = watchEvents(world.dial, { library: 'Nothing' }, { wait: world.wait });
  await assert.rejects(events.next(), (error) => error instanceof RpcError && error.code === 'NOT_FOUND');
  assert.deepEqual(world.waits, []);
});

test('a loop that is slower than the events starts again at its cursor and misses none', async () => {
  const world = new World();
  const events = world.watch();
  const first = next(events);
  await world.listening();
  const many = 12_000;
  for (let i = 0; i < many; i++) {
    world.fixture.events.publish(event(`/${i}`));
    // What is sent gets its turn: the loop is slow, not the pipe.
    if (i % 100 === 99) await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(await first, '/0');
  for (let i = 1; i < many; i++) assert.equal(await next(events), `/${i}`);
  assert.ok(world.clients.length > 1);
  await events.return?.();
});
