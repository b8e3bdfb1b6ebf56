import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { addressOf, locationOf } from './address.ts';

test('paths are made whole here, addresses are left to the daemon', () => {
  assert.equal(addressOf('a b'), resolve('a b'));
  assert.equal(addressOf('/x/../y/'), resolve('/y'));
  assert.equal(addressOf('~'), homedir());
  assert.equal(addressOf('~/x'), resolve(homedir(), 'x'));
  assert.equal(addressOf('local://mac/a%20b'), 'local://mac/a%20b');
  assert.equal(addressOf('content://id'), 'content://id');
});

test('a location is a name unless it looks like a path', () => {
  assert.deepEqual(['Pictures', 'a:b'].map(locationOf), ['Pictures', 'a:b']);
  assert.deepEqual(['.', './Pictures', '/x'].map(locationOf), [resolve('.'), resolve('Pictures'), resolve('/x')]);
});
