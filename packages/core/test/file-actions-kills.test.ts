import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { FileTreeModel } from '../src/testing/file-tree-model.ts';
import { HeldIndex, LibraryKey } from '../src/testing/held-index.ts';
import { bytesInTrash, nodesBelow, winsOnDisk } from '../src/testing/model-disk.ts';
import { nothingToDo } from '../src/testing/model-jobs.ts';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { ownTrash } from '../src/testing/own-trash.ts';
import { randomFrom } from '../src/testing/random-actions.ts';

const CHILD = fileURLToPath(new URL('file-actions-child.ts', import.meta.url));
/** More, and other ones, with SD_FUZZ=50. */
const ROUNDS = Number(process.env['SD_FUZZ'] ?? 1);
const SEED = Number(process.env['SD_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const KILLS = 3;
/** The child says a line so often, once it has begun. */
const LINE_MS = 5;

/** Runs the child, and kills it some milliseconds after it has begun so many actions. */
function runAndDie(acts: number, after: number, ...args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let [begun, ticks] = [0, 0];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n')) {
        if (line === 'act') begun++;
        else if (line === '.' && begun >= acts) ticks++;
      }
      if (ticks > after / LINE_MS) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (code, signal) =>
      signal === 'SIGKILL' ? resolve() : reject(new Error(`it ended by itself: ${code}`)),
    );
  });
}

/** Files no two of which hold the same, some of them large enough to be in the middle of. */
function fill(root: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const folder of ['', '/a', '/a/b', '/c']) {
    mkdirSync(root + folder, { recursive: true });
    for (const [at, name] of ['a', 'one.txt', 'two.txt', 'large.bin'].entries()) {
      if (folder === '' && name === 'a') continue;
      const path = `${root}${folder}/${name}.${at}`;
      files.set(path, `${path} `.repeat(at === 3 ? 100_000 : at + 1));
      writeFileSync(path, files.get(path) ?? '');
    }
  }
  return files;
}

async function killed(context: TestContext, seed: number): Promise<void> {
  const random = randomFrom(seed);
  ownTrash(context);
  const dataFolder = temporaryFolder(context);
  const folder = temporaryFolder(context);
  const roots = [`${folder}/one`, mkdtempSync('/dev/shm/sd-two-')];
  context.after(() => rmSync(roots[1] ?? '', { recursive: true, force: true }));
  const files = new Map(roots.flatMap((root) => [...fill(root)]));
  const first = await openTestCore(context, { dataFolder, watching: { limit: 0 } });
  const locations = new Map<string, string>();
  for (const root of roots) locations.set(root, (await first.index(root, { mode: 'content' })).location.id);
  const ids = new Map<number, string>();
  for (const [path, bytes] of files)
    ids.set((await first.client.call('query:vdfs.entry_info', { path })).id ?? 0, bytes);
  await first.close();
  for (let kill = 0; kill < KILLS; kill++) {
    const acts = 1 + Math.floor(random() * 8);
    await runAndDie(acts, random() * 400, dataFolder, `${seed + kill}`, ...roots);
  }

  const key = new LibraryKey();
  const core = await openTestCore(context, { dataFolder, watching: { limit: 0 }, platform: key.watch });
  await nothingToDo(core);
  const { jobs } = await core.client.call('query:jobs.list', { kind: 'entries.carry_out' });
  context.diagnostic(`${jobs.length} actions`);
  for (const { state, error, problems, subject } of jobs)
    assert.deepEqual([state, error, problems?.named ?? []], ['completed', undefined, []], subject);
  const nodes = nodesBelow(roots);
  const found = new Set([...Object.values(nodes), ...(await bytesInTrash(core.client))]);
  for (const [path, bytes] of files) assert.ok(found.has(bytes), `what was in ${path} is nowhere`);

  const model = new FileTreeModel(winsOnDisk);
  for (const [path, node] of Object.entries(nodes)) model.set(path, node);
  const db = key.open(nodeSqlite);
  const index = new HeldIndex(core, db, `${folder}/fresh`, locations);
  context.after(() => index.close());
  await index.hold(model);
  for (const id of locations.values()) {
    const { added, modified, moved, removed } = (await core.rescan(id, { full: true })).result as Record<
      string,
      number
    >;
    assert.deepEqual({ added, modified, moved, removed }, { added: 0, modified: 0, moved: 0, removed: 0 });
  }
  const known = db.prepare<{ id: number }>('SELECT id FROM entries UNION SELECT id FROM kept_entries').all();
  const there = new Set(known.map(({ id }) => id));
  for (const [id, bytes] of ids) {
    assert.ok(there.has(id), `the entry of ${bytes.slice(0, 60)} is gone`);
    const path = index.pathOf(id);
    if (path !== undefined) assert.ok(readFileSync(path, 'utf8') === bytes, `${path} is what it was`);
  }
  await core.close();
}

for (let round = 0; round < ROUNDS; round++)
  test(`killed in the middle of whatever, no byte is gone and the index is right (seed ${SEED + 10 * round})`, (context) =>
    killed(context, SEED + 10 * round));
