import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { resolveDataFolder } from './data-folder.ts';

const folder = (choice: { dataDir?: string; instance?: string }, environment: Record<string, string> = {}): string =>
  resolveDataFolder({ ...choice, environment });

test('a flag goes before the environment, and the environment before the default', () => {
  const usual = folder({});
  assert.match(usual, /spacedrive/);
  assert.equal(folder({}, { SD_DATA_DIR: '/srv/sd' }), resolve('/srv/sd'));
  assert.equal(folder({ dataDir: '/tmp/x' }, { SD_DATA_DIR: '/srv/sd' }), resolve('/tmp/x'));
  assert.equal(folder({}, { SD_DATA_DIR: '', SD_INSTANCE: '' }), usual);
});

test('an instance lies beside the others, not in them', () => {
  const usual = folder({});
  assert.equal(folder({ instance: 'dev' }), usual.replace('spacedrive', 'spacedrive-dev'));
  assert.equal(folder({}, { SD_INSTANCE: 'dev' }), folder({ instance: 'dev' }));
  assert.equal(folder({ instance: 'a', dataDir: '/tmp/x/' }, { SD_INSTANCE: 'b' }), resolve('/tmp/x-a'));
});

test('a folder may be named relative to where one stands', () => {
  assert.equal(folder({ dataDir: 'here' }), join(process.cwd(), 'here'));
});

test('the name of an instance is a plain word', () => {
  for (const instance of ['..', 'a/b', '', '-x', 'a b', 'x'.repeat(33)])
    assert.throws(() => folder({ instance }), TypeError, instance);
});
