import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { secretText } from '../domain/secret-text.ts';
import { ERRORS } from '../errors.ts';
import { query } from '../operation.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { RpcFixture, type Message } from '../testing/rpc-fixture.ts';
import { discover } from './openrpc.ts';
import { RPC_METHODS } from './protocol.ts';

test('lists every method of the connection and every step of every operation', async () => {
  const client = await new RpcFixture().ready();
  const { result } = await client.call('rpc.discover');
  assert.equal(result.openrpc, '1.3.2');
  assert.equal(result.info.version, '1.2.3');
  const { event, ...callable } = RPC_METHODS;
  assert.equal(event, 'rpc.event');
  assert.deepEqual(
    result.methods.map(({ name }: Message) => name).sort(),
    [
      ...Object.values(callable),
      'query:test.echo',
      'query:test.wait',
      'query:test.fail',
      'preview:test.wait_on',
      'action:test.wait_on',
      'verify:test.wait_on',
    ].sort(),
  );
});

test('an action takes its input or a plan, a verification its receipt', async () => {
  const client = await new RpcFixture().ready();
  const { result } = await client.call('rpc.discover');
  const method = (name: string): Message => result.methods.find((one: Message) => one.name === name);
  const names = (name: string): string[] =>
    method(name).params.map((param: Message) => `${param.name}${param.required ? '' : '?'}`);
  assert.deepEqual(names('preview:test.wait_on'), ['tag']);
  assert.deepEqual(names('action:test.wait_on'), ['tag?', 'plan_id?', 'decisions?']);
  assert.deepEqual(names('verify:test.wait_on'), ['receipt']);
  assert.deepEqual(method('action:test.wait_on')['x-permissions'], ['core.manage']);
  assert.deepEqual(method('action:test.wait_on').result.schema.properties.result, {
    type: 'object',
    properties: { tag: { type: 'string' } },
    required: ['tag'],
    additionalProperties: false,
  });
});

test('every reference leads somewhere, and every error code is there', async () => {
  const { host } = new RpcFixture();
  const document = await discover(host);
  const text = JSON.stringify(document);
  for (const [, path = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const found = path.split('/').reduce<Message>((at, key) => at?.[key], document);
    assert.ok(found, path);
  }
  assert.deepEqual(Object.keys(document.components.errors), Object.keys(ERRORS));
  assert.equal(await discover(host), document, 'made once');
});

test('it is written out a piece at a time, and others are heard between', async () => {
  const { host } = new RpcFixture();
  let [now, turns] = [0, 0];
  const after = (_: number, call: () => void): (() => void) => {
    turns += 1;
    queueMicrotask(call);
    return () => {};
  };
  const slow = {
    operations: [...host.operations],
    version: host.version,
    clock: { monotonic: () => (now += 10), after },
  };
  assert.deepEqual(await discover(slow), await discover(host));
  assert.equal(turns, host.operations.length);
});

test('parameters keep their description, alternatives are listed together, the library is offered', async () => {
  const find = query({
    summary: 'Finds',
    name: 'test.find',
    scope: 'library',
    input: z.union([
      z.strictObject({ id: z.int().describe('The row'), deep: z.boolean() }),
      z.strictObject({ path: z.string(), deep: z.boolean(), key: secretText().optional() }),
    ]),
    output: z.object({ found: z.int().transform(String) }),
    errors: ['OFFLINE'],
    permissions: ['library.read'],
    run: () => ({ found: 1 }),
  });
  const document = await discover({ operations: [find], version: '1', clock: new ManualClock() });
  const method = document.methods.at(-1);
  assert.deepEqual(
    method?.params.map(({ name, required }) => [name, required]),
    [
      ['id', false],
      ['deep', true],
      ['path', false],
      ['key', false],
      ['library', false],
    ],
  );
  assert.equal(method?.params[0]?.description, 'The row');
  assert.ok(method?.errors.some(({ $ref }) => $ref.endsWith('/OFFLINE')));
  assert.ok(method);
  assert.deepEqual((method.result as Message).schema.properties.found.type, 'integer');
});
