import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Libraries } from '../src/libraries/manager.ts';
import { addEntries, dataFolder, entryNames, openLibraries } from '../src/testing/library-fixture.ts';
import { twoFormats } from './two-formats.ts';

const CHILD = fileURLToPath(new URL('libraries-child.ts', import.meta.url));
/** `SD_KILLS=200 npm test -- libraries-crash` is the long run. */
const KILLS = Number(process.env['SD_KILLS'] ?? 3);
const NAMES = Array.from({ length: 20_000 }, (_, at) => `name-${at}`);

interface Life {
  readonly killed: boolean;
  readonly said: readonly string[];
}

/** Runs the child to its end, or to `end`'s. */
function live(
  folder: string,
  work: string,
  step: number,
  end: (child: ChildProcess, said: readonly string[]) => void = () => {},
): Promise<Life> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, folder, work, String(step)], { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: string[] = [];
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.push(...text.trimEnd().split('\n'));
      end(child, said);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL' || code === 0) resolve({ killed: signal === 'SIGKILL', said });
      else reject(new Error(`${work}, step ${step}: ended with ${code ?? signal}: ${errors}`));
    });
  });
}

/** Kills the child at a random instant after it is ready. */
function liveShortly(folder: string, work: string, mostMs: number): Promise<Life> {
  let timer: NodeJS.Timeout | undefined;
  return live(folder, work, 0, (child, said) => {
    // oxlint-disable-next-line no-restricted-globals -- nothing is waited for: a random instant is the point
    if (said.includes('ready')) timer ??= setTimeout(() => child.kill('SIGKILL'), Math.random() * mostMs);
  });
}

async function prepared(context: TestContext): Promise<string> {
  const folder = dataFolder(context);
  const { libraries } = await openLibraries(folder);
  await libraries.create({ name: 'L' });
  await addEntries(libraries, 'L', NAMES);
  await libraries.backup('L');
  await libraries.stop();
  return folder;
}

/** Opens what is there, as the next start does, looks at it, and closes it again. */
async function lookAt(folder: string, look: (libraries: Libraries) => void | Promise<void> = () => {}): Promise<void> {
  const { libraries, log } = await openLibraries(folder);
  assert.equal(libraries.find('L').state, 'open', log.join('\n'));
  assert.deepEqual((await libraries.check('L')).problems, []);
  await look(libraries);
  const home = `${folder}/libraries`;
  await libraries.stop();
  const left = readdirSync(`${home}/L.sdlibrary`).filter(
    (name) => !['backups', 'library.db', 'library.json', 'library.lock'].includes(name),
  );
  assert.deepEqual(left, [], 'nothing is left of what was not finished');
}

/** Kills the work before its first change of the disk, its second, …, until it gets through. */
async function killAtEachStep(folder: string, work: string, look: (libraries: Libraries) => void): Promise<number> {
  for (let step = 1; step < 100; step++) {
    const { killed } = await live(folder, work, step);
    await lookAt(folder, look);
    if (!killed) return step;
  }
  throw new Error(`${work} did not get through in 100 steps`);
}

const keepsNames = (libraries: Libraries): void => assert.equal(entryNames(libraries, 'L').length, NAMES.length);

for (const work of ['change_key', 'restore', 'backup', 'create']) {
  test(`${work} killed before each of its steps: the library opens, whole`, async (context) => {
    const folder = await prepared(context);
    const steps = await killAtEachStep(folder, work, keepsNames);
    assert.ok(steps > 3, `${steps} steps were killed: the test looks at too little`);
  });
}

test('change_key killed at random instants: the old or the new key opens it', async (context) => {
  const folder = await prepared(context);
  for (let kill = 0; kill < KILLS; kill++) {
    await liveShortly(folder, 'change_key', 400);
    await lookAt(folder, keepsNames);
  }
});

test('backup and restore killed at random instants: what is there is whole', async (context) => {
  const folder = await prepared(context);
  for (let kill = 0; kill < KILLS; kill++) {
    await liveShortly(folder, kill % 2 === 0 ? 'backup' : 'restore', 300);
    await lookAt(folder, async (libraries) => {
      keepsNames(libraries);
      const backups = `${libraries.find('L').folder}/backups`;
      for (const name of readdirSync(backups).filter((backup) => !backup.includes('-replaced')))
        await libraries.inspectBackup(`${backups}/${name}`);
    });
  }
});

test('a write killed at random instants: data, revision, log and audit are there together or not at all', async (context) => {
  const folder = await prepared(context);
  let acknowledged = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const { said } = await liveShortly(folder, 'write', 100);
    acknowledged = Math.max(
      acknowledged,
      ...said.filter((line) => line.startsWith('wrote')).map((line) => Number(line.slice(6))),
    );
    await lookAt(folder, (libraries) => {
      const { db } = libraries.open('L');
      const row = db
        .prepare<{ revision: number; last: number; logged: number; audited: number; created_at: number }>(
          `SELECT revision, (SELECT max(revision) FROM change_log WHERE table_name = 'library') AS last,
             (SELECT count(*) FROM change_log WHERE table_name = 'library') AS logged,
             (SELECT count(*) FROM audit WHERE operation = 'test.write') AS audited,
             (SELECT value FROM library WHERE key = 'created_at') AS created_at FROM write_state`,
        )
        .get();
      assert.ok(row);
      assert.ok(row.revision >= acknowledged, 'what was acknowledged is there');
      // The library's first write is logged too, and was no action.
      assert.equal(row.logged, row.audited + 1);
      if (row.audited > 0) assert.equal(row.created_at, row.last);
    });
  }
  assert.ok(acknowledged > 0, 'no child got to write');
});

/** The library brought up to date, and every entry with its note. */
async function lookAtNotes(folder: string): Promise<void> {
  const { libraries } = await openLibraries(folder, { migrations: twoFormats() });
  const { db } = libraries.open('L');
  const notes = db.prepare<{ n: number; note: string }>('SELECT count(*) AS n, min(note) AS note FROM notes').get();
  assert.deepEqual(notes, { n: NAMES.length, note: 'about name-0' });
  assert.deepEqual((await libraries.check('L')).problems, []);
  await libraries.stop();
}

/** As this version sees it, which opens an old format without touching it and refuses a new one. */
async function stateNow(folder: string): Promise<string> {
  const { libraries } = await openLibraries(folder, { migrations: twoFormats().slice(0, 1) });
  const { state } = libraries.find('L');
  await libraries.stop();
  return state;
}

test('a migration killed before each of its steps leaves the old format or the new one, and a backup', async (context) => {
  const folder = await prepared(context);
  const backups = (): string[] =>
    readdirSync(`${folder}/libraries/L.sdlibrary/backups`).filter((name) => name.includes('before-format'));
  let step = 1;
  for (; step < 100 && (await live(folder, 'migrate', step)).killed; step++) {
    assert.match(await stateNow(folder), /^(open|newer_format)$/);
  }
  assert.ok(step > 4, `${step} steps were killed: the test looks at too little`);
  assert.equal(await stateNow(folder), 'newer_format');
  assert.ok(backups().length > 0);
  await lookAtNotes(folder);
});

test('a migration killed at random instants is done by the next start', async (context) => {
  const template = await prepared(context);
  for (let kill = 0; kill < KILLS; kill++) {
    const folder = dataFolder(context);
    cpSync(template, folder, { recursive: true });
    // The list of libraries names folders by their whole path.
    rmSync(`${folder}/libraries.json`);
    const child = live(folder, 'migrate', 0, (process, said) => {
      // oxlint-disable-next-line no-restricted-globals -- nothing is waited for: a random instant is the point
      if (said.includes('migrating')) setTimeout(() => process.kill('SIGKILL'), Math.random() * 60);
    });
    await child;
    await lookAtNotes(folder);
  }
});
