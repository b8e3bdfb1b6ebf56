import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

const REPOSITORY = join(import.meta.dirname, '..');

/** The Node that runs npm: the one on the user's PATH, which may be older than the daemon's. */
const node = process.env['npm_node_execpath'] ?? process.execPath;

let home = '';
let installation = '';
let pictures = '';

before(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'sd-e2e-')));
  pictures = join(home, 'Pictures');
  mkdirSync(join(pictures, 'Summer'), { recursive: true });
  writeFileSync(join(pictures, 'Summer', 'beach "2026".jpg'), 'sand');
  writeFileSync(join(pictures, 'copy of beach.jpg'), 'sand');
  writeFileSync(join(pictures, 'notes.txt'), 'to do');
  // What a release ships: no sources, no scripts, no compiler.
  installation = join(home, 'spacedrive');
  for (const part of ['package.json', 'bin', 'dist']) {
    cpSync(join(REPOSITORY, part), join(installation, part), { recursive: true });
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(installation, 'node_modules'), 'junction');
});

after(() => {
  sd('stop');
  rmSync(home, { recursive: true, force: true });
});

function sd(...args: string[]): { stdout: string; stderr: string; status: number | null } {
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    USERPROFILE: home,
    LOCALAPPDATA: home,
    SD_DATA_DIR: join(home, 'data'),
  };
  return spawnSync(node, [join(installation, 'bin', 'sd'), ...args], { encoding: 'utf8', env, cwd: home });
}

test('an installation without sources sets up, indexes, finds and stops, and is not written to', () => {
  const untouched = listing();

  const setup = sd('setup', pictures);
  assert.equal(setup.status, 0, setup.stderr);
  assert.match(setup.stdout, /Files +3\n/);

  const found = sd('find', '"2026"', '--json');
  assert.equal(found.status, 0, found.stderr);
  assert.ok(found.stdout.includes('beach \\"2026\\".jpg'), found.stdout);

  const again = sd('setup', pictures);
  assert.equal(again.status, 0, again.stderr);

  const status = JSON.parse(sd('status', '--json').stdout);
  assert.equal(status.libraries.length, 1);
  assert.equal(status.libraries[0].state, 'open');

  assert.equal(sd('stop').status, 0);
  assert.notEqual(sd('status').status, 0, 'nothing runs any more');
  assert.deepEqual(listing(), untouched);
});

test('the data folder holds no indexed name in the clear', () => {
  const looked: string[] = [];
  for (const file of readdirSync(join(home, 'data'), { recursive: true, withFileTypes: true, encoding: 'utf8' })) {
    if (!file.isFile()) continue;
    looked.push(file.name);
    const bytes = readFileSync(join(file.parentPath, file.name));
    for (const name of ['copy of beach', 'Summer', 'Pictures'])
      assert.ok(!bytes.includes(name), `${file.name} tells ${name}`);
  }
  assert.ok(looked.includes('library.db') && looked.includes('daemon.log'));
});

function listing(): string[] {
  return readdirSync(installation, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('node_modules'))
    .sort();
}
