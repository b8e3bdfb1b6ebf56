import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { ed25519 } from '@noble/curves/ed25519.js';
import { nodePlatform } from '@sd/platform-node/platform.ts';
import { lineLog } from '@sd/platform-node/line-log.ts';
import { idSource, toHex } from '../domain/ids.ts';
import { dataFolder } from '../testing/library-fixture.ts';
import { type DeviceParts, openDevice } from './device.ts';

function partsIn(folder: string, name = "Jamie's Laptop"): DeviceParts & { readonly lines: string[] } {
  const lines: string[] = [];
  const log = lineLog({}, (line) => lines.push(line));
  const platform = nodePlatform({ dataFolder: folder, log, keychain: false });
  const ids = idSource(platform.clock, platform.random);
  return { ...platform, host: { name }, newId: () => ids.text(), lines };
}

test('a device is made once and stays who it is, whatever the host is called later', async (context) => {
  const folder = dataFolder(context);
  const made = await openDevice(partsIn(folder), folder);
  assert.equal(made.slug, 'jamies-laptop');
  assert.deepEqual(await openDevice(partsIn(folder, 'renamed'), folder), made);
  assert.equal(statSync(`${folder}/device.json`).mode & 0o777, 0o600);
});

test('the private key is with the secrets, fits the public one, and is not in the file', async (context) => {
  const folder = dataFolder(context);
  const parts = partsIn(folder);
  const made = await openDevice(parts, folder);
  const kept = await parts.secrets.get(`device-${made.id}`);
  assert.ok(kept);
  assert.deepEqual(ed25519.getPublicKey(Uint8Array.from(kept.value)), made.publicKey);
  assert.ok(!readFileSync(`${folder}/device.json`, 'utf8').includes(toHex(Uint8Array.from(kept.value))));
});

test('a damaged file is an error, not another device', async (context) => {
  const folder = dataFolder(context);
  await openDevice(partsIn(folder), folder);
  writeFileSync(`${folder}/device.json`, '{');
  await assert.rejects(openDevice(partsIn(folder), folder), { code: 'CORRUPT' });
  assert.equal(readFileSync(`${folder}/device.json`, 'utf8'), '{');
});

test('a lost private key does not pass in silence', async (context) => {
  const folder = dataFolder(context);
  const parts = partsIn(folder);
  const made = await openDevice(parts, folder);
  await parts.secrets.remove(`device-${made.id}`);
  const later = partsIn(folder);
  await openDevice(later, folder);
  await later.secrets.get('nothing');
  assert.ok(later.lines.some((line) => line.includes('private key is gone')));
});
