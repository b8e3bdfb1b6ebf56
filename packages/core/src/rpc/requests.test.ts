import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeClock } from '@sd/platform-node/clock.ts';
import { type Message, type RawClient, RpcFixture } from '../testing/rpc-fixture.ts';
import { LIMITS } from './protocol.ts';
import { Requests } from './requests.ts';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** The answer to a ping is the next message: nothing came before it. */
async function nothingBut(client: RawClient): Promise<void> {
  const { id, result } = await client.call('rpc.ping');
  assert.deepEqual([typeof id, result], ['number', {}]);
}

for (const [what, message, code, id] of [
  ['text that is not JSON', '{"jsonrpc":', 'PARSE_ERROR', null],
  ['an empty batch', '[]', 'INVALID_REQUEST', null],
  ['a number', '7', 'INVALID_REQUEST', null],
  ['no version', '{"id":1,"method":"rpc.ping"}', 'INVALID_REQUEST', 1],
  ['a method that is no text', '{"jsonrpc":"2.0","id":"a","method":1}', 'INVALID_REQUEST', 'a'],
  ['an id that is an object', '{"jsonrpc":"2.0","id":{},"method":"rpc.ping"}', 'INVALID_REQUEST', null],
  [
    'parameters that are a text',
    '{"jsonrpc":"2.0","id":1,"method":"query:test.echo","params":"x"}',
    'INVALID_REQUEST',
    1,
  ],
  ['parameters by position', '{"jsonrpc":"2.0","id":1,"method":"query:test.echo","params":[1]}', 'INVALID_INPUT', 1],
  ['a wrong type', '{"jsonrpc":"2.0","id":1,"method":"query:test.wait","params":{"tag":7}}', 'INVALID_INPUT', 1],
  [
    'a parameter too many',
    '{"jsonrpc":"2.0","id":1,"method":"query:test.echo","params":{"value":1,"more":2}}',
    'INVALID_INPUT',
    1,
  ],
  ['an unknown method', '{"jsonrpc":"2.0","id":1,"method":"query:test.nothing"}', 'METHOD_NOT_FOUND', 1],
  ['an unknown method of the connection', '{"jsonrpc":"2.0","id":1,"method":"rpc.nothing"}', 'METHOD_NOT_FOUND', 1],
  ['an action called as a query', '{"jsonrpc":"2.0","id":1,"method":"query:test.wait_on"}', 'METHOD_NOT_FOUND', 1],
  ['a deeply nested message', nested(LIMITS.nesting + 1), 'TOO_LARGE', null],
  ['a message nested a million deep, without an end', '['.repeat(1_000_000), 'TOO_LARGE', null],
  [
    'a batch over the limit',
    JSON.stringify(Array(LIMITS.batch + 1).fill({ jsonrpc: '2.0', method: 'rpc.ping' })),
    'TOO_LARGE',
    null,
  ],
] as const) {
  test(`${what}: ${code}, and the connection goes on`, async () => {
    const client = await new RpcFixture().ready();
    client.send(message);
    const answer = await client.next();
    assert.equal(answer.error.data.code, code);
    assert.equal(answer.id, id);
    await nothingBut(client);
  });
}

test('the deepest message that is allowed is read', async () => {
  const client = await new RpcFixture().ready();
  client.send(`{"jsonrpc":"2.0","id":1,"method":"query:test.echo","params":{"value":${nested(LIMITS.nesting - 2)}}}`);
  assert.ok((await client.next()).result);
});

test('a message over the size limit is answered and ends the connection', async () => {
  const client = await new RpcFixture().ready();
  client.request('query:test.echo', { value: 'x'.repeat(LIMITS.messageBytes) });
  assert.equal((await client.next()).error.data.code, 'TOO_LARGE');
  await client.closed;
});

test('an id may be a text, a number or null, and comes back as it was', async () => {
  const client = await new RpcFixture().ready();
  for (const id of ['text', 0, -1.5, null]) {
    client.send({ jsonrpc: '2.0', id, method: 'query:test.echo', params: { value: 1 } });
    assert.deepEqual(await client.next(), { jsonrpc: '2.0', id, result: { value: 1 } });
  }
});

test('a notification runs and is not answered, not even with its error', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  client.send({ jsonrpc: '2.0', method: 'query:test.wait', params: { tag: 'silent' } });
  client.send({ jsonrpc: '2.0', method: 'query:test.fail' });
  client.send({ jsonrpc: '2.0', method: 'query:test.nothing' });
  client.send({ jsonrpc: '2.0', method: 'rpc.nothing' });
  await nothingBut(client);
  fixture.open('silent');
  assert.deepEqual(fixture.begun, ['silent']);
  await nothingBut(client);
});

test('a batch is answered in one message, in order, without its notifications', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  client.send([
    { jsonrpc: '2.0', id: 'slow', method: 'query:test.wait', params: { tag: 'slow' } },
    { jsonrpc: '2.0', method: 'query:test.echo', params: { value: 'unheard' } },
    { jsonrpc: '2.0', id: 2, method: 'query:test.echo', params: { value: 'quick' } },
    17,
    { jsonrpc: '2.0', id: 3, method: 'rpc.ping' },
    { jsonrpc: '2.0', id: 4, method: 'query:test.nothing' },
  ]);
  await nothingBut(client);
  fixture.open('slow');
  const answers: Message[] = await client.next();
  assert.deepEqual(
    answers.map(({ id, result, error }) => [id, error?.data.code ?? result]),
    [
      ['slow', { tag: 'slow' }],
      [2, { value: 'quick' }],
      [null, 'INVALID_REQUEST'],
      [3, {}],
      [4, 'METHOD_NOT_FOUND'],
    ],
  );
});

test('a batch of notifications is not answered', async () => {
  const client = await new RpcFixture().ready();
  client.send([
    { jsonrpc: '2.0', method: 'rpc.ping' },
    { jsonrpc: '2.0', method: 'query:test.echo', params: {} },
  ]);
  await nothingBut(client);
});

test('the answers of a batch are bounded together', async () => {
  const fixture = new RpcFixture();
  const big = 'x'.repeat(LIMITS.batchAnswerBytes / 4);
  Object.assign(fixture.host.dispatcher, { call: () => Promise.resolve(big) });
  const client = await fixture.ready();
  client.send(Array.from({ length: 5 }, (_, id) => ({ jsonrpc: '2.0', id, method: 'query:test.echo' })));
  const answers: Message[] = await client.next();
  assert.deepEqual(
    answers.map(({ error }) => error?.data.code),
    [undefined, undefined, undefined, 'TOO_LARGE', 'TOO_LARGE'],
  );
  await nothingBut(client);
});

test('rpc.cancel ends a request, which says so itself', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  client.request('query:test.wait', { tag: 'long' }, 'long');
  assert.deepEqual((await client.call('rpc.cancel', { id: 'other' })).result, { cancelled: false });
  client.request('rpc.cancel', { id: 'long' }, 'cancel');
  const answers = [await client.next(), await client.next()];
  assert.deepEqual(answers.find(({ id }) => id === 'cancel').result, { cancelled: true });
  assert.equal(answers.find(({ id }) => id === 'long').error.data.code, 'CANCELLED');
});

test('a request that was quicker than its cancel is answered with its result', async () => {
  const client = await new RpcFixture().ready();
  assert.ok((await client.call('query:test.echo', { value: 1 })).result);
  assert.deepEqual((await client.call('rpc.cancel', { id: 1 })).result, { cancelled: false });
});

test('an id in flight cannot be used twice', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  client.request('query:test.wait', { tag: 'a' }, 7);
  client.request('query:test.wait', { tag: 'b' }, 7);
  const answer = await client.next();
  assert.deepEqual([answer.id, answer.error.data.code], [7, 'INVALID_REQUEST']);
  fixture.open('a');
  assert.deepEqual((await client.next()).result, { tag: 'a' });
  client.request('query:test.echo', { value: 'free again' }, 7);
  assert.ok((await client.next()).result);
});

test('so many run, so many wait, the next is refused; a waiting one can be cancelled without having begun', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  for (let i = 0; i < LIMITS.inFlight; i++) client.request('query:test.wait', { tag: `t${i}` }, `t${i}`);
  client.request('query:test.echo', { value: 1 }, 'one too many');
  const refused = await client.next();
  assert.deepEqual([refused.id, refused.error.data.code], ['one too many', 'TOO_MANY_REQUESTS']);
  assert.equal(fixture.begun.length, LIMITS.running);

  const last = `t${LIMITS.inFlight - 1}`;
  client.request('rpc.cancel', { id: last }, 'cancel');
  const answers = [await client.next(), await client.next()];
  assert.equal(answers.find(({ id }) => id === last).error.data.code, 'CANCELLED');

  for (let i = 0; i < LIMITS.inFlight - 1; i++) {
    fixture.open(`t${i}`);
    assert.deepEqual((await client.next()).result, { tag: `t${i}` });
  }
  assert.equal(fixture.begun.includes(last), false);
  await nothingBut(client);
});

test('other connections have a limit of their own', async () => {
  const fixture = new RpcFixture();
  const [greedy, other] = [await fixture.ready(), await fixture.ready()];
  for (let i = 0; i < LIMITS.inFlight; i++) greedy.request('query:test.wait', { tag: `t${i}` });
  assert.deepEqual((await other.call('query:test.echo', { value: 'mine' })).result, { value: 'mine' });
});

test('when a client goes, its queries end and its actions finish', async () => {
  const fixture = new RpcFixture();
  const client = await fixture.ready();
  client.request('query:test.wait', { tag: 'query' });
  client.request('action:test.wait_on', { tag: 'action' });
  await nothingBut(client);
  client.pipe.destroy();
  await client.closed;
  assert.equal(fixture.server.sessions, 1, 'the action still runs');
  fixture.open('action');
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(fixture.server.sessions, 0);
});

test('whoever asks again at each answer, without a pipe to wait for, lets timers and threads be heard', async () => {
  const requests = new Requests(nodeClock, () => true);
  const answer = (): Promise<unknown> =>
    new Promise((done, failed) =>
      requests.add({ id: 1, outlivesClient: false, run: () => Promise.resolve('answer'), done, failed }),
    );
  let heard = false;
  setImmediate(() => (heard = true));
  for (let asked = 0; !heard; asked++) {
    assert.equal(await answer(), 'answer');
    assert.ok(asked < 10_000_000, 'the event loop never turned');
  }
});
