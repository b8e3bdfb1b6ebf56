import assert from 'node:assert/strict';
import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import type { Log } from '@sd/core/ports/log.ts';
import type { Secrets } from '@sd/core/ports/secrets.ts';
import { secretsAcceptance } from '@sd/core/testing/acceptance/secrets.ts';
import { temporaryFolder } from '@sd/core/testing/open-test-core.ts';
import { nodeFiles } from './files.ts';
import type { Keychain } from './keychain.ts';
import { lineLog } from './line-log.ts';
import { nodeSecrets } from './secrets.ts';

const quiet: Log = lineLog({}, () => {});

function secretsIn(folder: string, keychain?: Keychain, log = quiet): Secrets {
  return nodeSecrets({ folder: `${folder}/keys`, files: nodeFiles, log, keychain });
}

/** A keychain in memory that can go away. */
function fakeKeychain(): Keychain & { silent: boolean; forgetful: boolean; readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  const answer = async <T>(value: () => T): Promise<T> => {
    if (keychain.silent) throw new Error('no answer');
    return value();
  };
  const keychain = {
    silent: false,
    forgetful: false,
    kept,
    get: (name: string) => answer(() => kept.get(name)),
    set: (name: string, value: Uint8Array) => answer(() => void (keychain.forgetful || kept.set(name, value))),
    remove: (name: string) => answer(() => void kept.delete(name)),
  };
  return keychain;
}

secretsAcceptance('Node, files', (scope) => {
  const folder = temporaryFolder(scope);
  return () => secretsIn(folder);
});
secretsAcceptance('Node, keychain', (scope) => {
  const folder = temporaryFolder(scope);
  const keychain = fakeKeychain();
  return () => secretsIn(folder, keychain);
});

test('key files are private, and made private again', async (context) => {
  const folder = temporaryFolder(context);
  const warnings: string[] = [];
  const secrets = secretsIn(
    folder,
    undefined,
    lineLog({}, (line) => warnings.push(line)),
  );
  assert.equal(await secrets.set('library-1', Uint8Array.of(1)), 'file');
  const mode = (path: string): number => lstatSync(path).mode & 0o777;
  assert.deepEqual([mode(`${folder}/keys`), mode(`${folder}/keys/library-1.key`)], [0o700, 0o600]);
  chmodSync(`${folder}/keys/library-1.key`, 0o644);
  await secrets.get('library-1');
  assert.equal(mode(`${folder}/keys/library-1.key`), 0o600);
  assert.equal(warnings.length, 1);
});

test('a keychain that answers keeps the secret, and no file does', async (context) => {
  const folder = temporaryFolder(context);
  const keychain = fakeKeychain();
  await secretsIn(folder).set('library-1', Uint8Array.of(1));
  assert.equal(await secretsIn(folder, keychain).set('library-1', Uint8Array.of(2)), 'keychain');
  assert.deepEqual(readdirSync(`${folder}/keys`), []);
  assert.deepEqual(await secretsIn(folder, keychain).get('library-1'), { value: Uint8Array.of(2), place: 'keychain' });
});

test('a keychain that is silent or forgets is not trusted with a secret', async (context) => {
  const folder = temporaryFolder(context);
  const keychain = fakeKeychain();
  const secrets = secretsIn(folder, keychain);
  keychain.silent = true;
  assert.equal(await secrets.set('one', Uint8Array.of(1)), 'file');
  [keychain.silent, keychain.forgetful] = [false, true];
  assert.equal(await secrets.set('two', Uint8Array.of(2)), 'file');
  assert.deepEqual(readdirSync(`${folder}/keys`).sort(), ['one.key', 'two.key']);
});

test('a secret that may be in a silent keychain is not said to be absent', async (context) => {
  const folder = temporaryFolder(context);
  const keychain = fakeKeychain();
  const secrets = secretsIn(folder, keychain);
  await secrets.set('library-1', Uint8Array.of(1));
  keychain.silent = true;
  await assert.rejects(secrets.get('library-1'), { code: 'NOT_READABLE' });
  await assert.rejects(secrets.remove('library-1'), { code: 'NOT_WRITABLE' });
  keychain.silent = false;
  assert.equal((await secrets.get('library-1'))?.place, 'keychain');
});
