import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

import { readBuild } from './build-state.cjs';

/** An installation of its own, with a one-line CLI. @type {string} */
let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sd-bin-'));
  cpSync(import.meta.dirname, join(root, 'bin'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** @param {string} path @param {string} text */
function write(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** @param {string[]} inputs files that exist */
function writeDist(inputs = [], says = 'built') {
  write('dist/cli-1/sd.cjs', `console.log('${says}', ...process.argv.slice(2));`);
  const stamped = inputs.map((file) => {
    const { mtimeMs, size } = statSync(join(root, file));
    return [file, mtimeMs, size];
  });
  write('dist/build.json', JSON.stringify({ cli: { entry: 'cli-1/sd.cjs', inputs: stamped } }));
}

/** A build script that stands for the real one: it writes a bundle and a manifest without inputs. */
function writeBuildScript() {
  mkdirSync(join(root, 'node_modules', 'esbuild'), { recursive: true });
  const manifest = JSON.stringify({ cli: { entry: 'cli-2/sd.cjs', inputs: [] } });
  const dist = JSON.stringify(join(root, 'dist'));
  write(
    'scripts/build.mjs',
    `import { mkdirSync, writeFileSync } from 'node:fs';
     mkdirSync(${dist} + '/cli-2', { recursive: true });
     writeFileSync(${dist} + '/cli-2/sd.cjs', "console.log('rebuilt', ...process.argv.slice(2))");
     writeFileSync(${dist} + '/build.json', '${manifest}');`,
  );
}

/** @param {string[]} args */
function sd(...args) {
  const env = { ...process.env, XDG_CACHE_HOME: join(root, 'cache'), LOCALAPPDATA: join(root, 'cache'), HOME: root };
  return spawnSync(process.execPath, [join(root, 'bin', 'sd'), ...args], { encoding: 'utf8', env });
}

test('an installation without sources runs its bundle, whatever the inputs say', () => {
  write('apps/cli/src/main.ts', '');
  writeDist(['apps/cli/src/main.ts']);
  rmSync(join(root, 'apps'), { recursive: true });
  assert.deepEqual(readBuild(root, 'cli').state, 'fresh');
  const { stdout, status } = sd('status', '--json');
  assert.equal(stdout, 'built status --json\n');
  assert.equal(status, 0);
});

test('an installation without a bundle says so and ends with 70', () => {
  const { stderr, status } = sd('status');
  assert.match(stderr, /^sd: this installation is incomplete/);
  assert.equal(status, 70);
});

test('a checkout without dependencies says what to run', () => {
  write('scripts/build.mjs', '');
  const { stderr, status } = sd('status');
  assert.match(stderr, /npm ci.*npm start/);
  assert.equal(status, 70);
});

test('a missing bundle is built', () => {
  writeBuildScript();
  assert.equal(readBuild(root, 'cli').state, 'missing');
  assert.equal(sd('find', 'x').stdout, 'rebuilt find x\n');
});

test('a bundle as new as its sources is used as it is', () => {
  writeBuildScript();
  write('apps/cli/src/main.ts', '');
  writeDist(['apps/cli/src/main.ts', 'scripts/build.mjs']);
  assert.equal(sd('ls').stdout, 'built ls\n');
});

for (const [how, change] of /** @type {Array<[string, (file: string) => void]>} */ ([
  ['grew', (file) => writeFileSync(file, 'longer', { flag: 'a' })],
  ['was touched', (file) => utimesSync(file, 1, 1)],
  ['is gone', (file) => rmSync(file)],
])) {
  test(`a bundle one of whose sources ${how} is rebuilt`, () => {
    writeBuildScript();
    write('apps/cli/src/main.ts', 'text');
    writeDist(['apps/cli/src/main.ts']);
    change(join(root, 'apps/cli/src/main.ts'));
    assert.equal(readBuild(root, 'cli').state, 'stale');
    assert.equal(sd('ls').stdout, 'rebuilt ls\n');
  });
}

test('sources that do not build stop the command', () => {
  writeBuildScript();
  write('scripts/build.mjs', "process.stderr.write('line 3 is wrong\\n'); process.exit(1)");
  const { stdout, stderr, status } = sd('ls');
  assert.equal(stdout, '');
  assert.match(stderr, /line 3 is wrong\nsd: the sources changed and do not build/);
  assert.equal(status, 70);
});

test('a manifest that is half there, or names a bundle that is gone, counts as missing', () => {
  writeDist();
  rmSync(join(root, 'dist', 'cli-1'), { recursive: true });
  assert.equal(readBuild(root, 'cli').state, 'missing');
  write('dist/build.json', '{"cli": {"entry": "cli-1/s');
  assert.equal(readBuild(root, 'cli').state, 'missing');
});
