import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

import { CHUNKS, ONE_FILE, buildBundle, stamp } from './bundle.mjs';

/** @type {import('./bundle.mjs').Recipe} */
const BUNDLE = {
  name: 'cli',
  entry: 'sd.cjs',
  options: { ...ONE_FILE, entryPoints: { sd: 'src/main.ts' }, target: 'node20' },
};

/** @type {string} */
let root;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'sd-bundle-')));
  mkdirSync(join(root, 'src'));
  mkdirSync(join(root, 'dist'));
  source(
    'main.ts',
    `import { word } from './word.ts';
     void import('./late.ts').then(({ late }) => console.log(word, late, import.meta.url.startsWith('file:')));`,
  );
  source('late.ts', "export const late: string = require('node:os').EOL === '' ? 'never' : 'late';");
  source('word.ts', "export const word: string = 'first';");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** @param {string} name @param {string} text */
function source(name, text) {
  writeFileSync(join(root, 'src', name), text);
}

/** @param {string} entry */
function start(entry) {
  return execFileSync(process.execPath, [join(root, 'dist', entry)], { encoding: 'utf8' }).trim();
}

test('a bundle runs, and names the sources that went in', async () => {
  const { entry, inputs } = await buildBundle(root, BUNDLE);
  assert.match(entry, /^cli-[0-9a-f]{12}\/sd\.cjs$/);
  assert.equal(start(entry), 'first late true');
  assert.deepEqual(inputs.toSorted(), ['src/late.ts', 'src/main.ts', 'src/word.ts']);
});

test('a bundle in chunks has them beside its entries', async () => {
  source(
    'other.ts',
    "import { word } from './word.ts'; console.log(word, new URL('./main.js', import.meta.url).pathname);",
  );
  const entryPoints = { main: 'src/main.ts', other: 'src/other.ts' };
  const options = { ...CHUNKS, entryPoints, target: 'node22' };
  const { entry } = await buildBundle(root, { name: 'daemon', entry: 'other.js', options });
  const files = readdirSync(dirname(join(root, 'dist', entry)));
  assert.equal(start(entry), `first ${join(root, 'dist', dirname(entry), 'main.js')}`);
  assert.ok(files.some((file) => /^chunk-\w+\.js$/.test(file)));
});

test('what runs from an older build stays whole after many newer ones', async () => {
  const first = await buildBundle(root, BUNDLE);
  for (const word of ['second', 'third', 'fourth', 'fifth']) {
    source('word.ts', `export const word = '${word}';`);
    await buildBundle(root, BUNDLE);
  }
  const last = await buildBundle(root, BUNDLE);
  assert.notEqual(first.entry, last.entry);
  assert.equal(start(first.entry), 'first late true');
  assert.equal(start(last.entry), 'fifth late true');
});

test('builds side by side agree and leave nothing behind', async () => {
  const builds = await Promise.all(Array.from({ length: 5 }, () => buildBundle(root, BUNDLE)));
  assert.equal(new Set(builds.map((build) => build.entry)).size, 1);
  assert.equal(readdirSync(join(root, 'dist')).length, 1);
});

test('old builds are dropped, the newest kept', async () => {
  const entries = [];
  for (let n = 0; n < 6; n++) {
    source('word.ts', `export const word = 'number ${n}';`);
    const { entry } = await buildBundle(root, BUNDLE);
    entries.push(entry);
    utimesSync(join(root, 'dist', entry, '..'), n + 1, n + 1);
  }
  const kept = entries.map((entry) => existsSync(join(root, 'dist', entry)));
  assert.deepEqual(kept, [false, false, true, true, true, true]);
});

test('a build that fails leaves the one before and no rest', async () => {
  const { entry } = await buildBundle(root, BUNDLE);
  source('word.ts', 'export const word = ;');
  await assert.rejects(buildBundle(root, BUNDLE), /Unexpected ";"/);
  assert.equal(start(entry), 'first late true');
  assert.equal(readdirSync(join(root, 'dist')).length, 1);
});

test('a source changed while it was read is stamped as unknown', () => {
  utimesSync(join(root, 'src', 'word.ts'), 1000, 1000);
  utimesSync(join(root, 'src', 'late.ts'), 3000, 3000);
  assert.deepEqual(
    stamp(root, ['src/word.ts', 'src/late.ts'], 2_000_000).map(([file, mtimeMs]) => [file, mtimeMs]),
    [
      ['src/late.ts', 0],
      ['src/word.ts', 1_000_000],
    ],
  );
});
