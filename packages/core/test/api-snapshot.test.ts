import { join } from 'node:path';
import { test } from 'node:test';
import { operations } from '../src/operations/index.ts';
import { ManualClock } from '../src/testing/manual-clock.ts';
import { discover } from '../src/rpc/openrpc.ts';

/** Fixed, as a release alone changes nothing for a client. */
const VERSION = '0.0.0';
const WIDTH = 120;

test('the public interface is the one under review: `npm run check -- api --update` writes a change down', async (t) => {
  const document = await discover({ operations, version: VERSION, clock: new ManualClock() });
  const file = join(import.meta.dirname, 'api-snapshot.json');
  t.assert.fileSnapshot(document, file, { serializers: [(value: unknown) => `${print(value, '')}\n`] });
});

/** JSON in which what fits on a line stands on one: a change to a parameter is a line of the diff, not a screen. */
function print(value: unknown, indent: string): string {
  const short = JSON.stringify(value) ?? 'null';
  if (typeof value !== 'object' || value === null || indent.length + short.length <= WIDTH) return short;
  const deeper = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => print(item, deeper))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => `${JSON.stringify(key)}: ${print(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.map((part) => deeper + part).join(',\n')}\n${indent}${close}`;
}
