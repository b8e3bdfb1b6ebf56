import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { SdError } from '@sd/core/errors.ts';
import { readConfig } from './config.ts';

test('what is said is taken, what is not is left open, and what cannot be followed is refused', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'sd-config-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const read = (text: string) => (writeFileSync(join(folder, 'config.json'), text), readConfig(folder));
  assert.deepEqual(readConfig(folder), {});
  assert.deepEqual(read('{}'), {});
  assert.deepEqual(read('{"log":"debug","websocket":{}}'), { log: 'debug', websocket: { port: 0, origins: [] } });
  assert.deepEqual(read('{"websocket":{"port":8080,"origins":["http://localhost"]}}'), {
    websocket: { port: 8080, origins: ['http://localhost'] },
  });
  for (const text of [
    '',
    '[]',
    'null',
    '{"port":1}',
    '{"log":"loud"}',
    '{"websocket":{"port":-1}}',
    '{"websocket":{"port":70000}}',
    '{"websocket":{"origins":"x"}}',
    '{"websocket":{"host":"0.0.0.0"}}',
  ]) {
    assert.throws(
      () => read(text),
      (error) => error instanceof SdError && error.code === 'INVALID_INPUT' && error.message.includes('config.json'),
      text,
    );
  }
});
