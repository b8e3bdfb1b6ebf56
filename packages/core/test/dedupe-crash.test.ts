import assert from 'node:assert/strict';
import { existsSync, lstatSync, readFileSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { TEMPORARY_PREFIX } from '../src/domain/temporary-name.ts';
import { treeOf, writeTree } from '../src/testing/file-world.ts';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { ownTrash } from '../src/testing/own-trash.ts';
import { runAndDie } from './run-and-die.ts';

const CONTENTS = 700;
const COPIES = 3;
const GOING = CONTENTS * (COPIES - 1);
const KILLS = Number(process.env['SD_FUZZ'] ?? 2);

const bytesOf = (content: number): string => `content ${content} `.repeat(1 + (content % 40) * 20);
/** The first is the oldest, which stays. */
const nameOf = (content: number, copy: number): string => `${copy}/${content % 20}/${content}`;

function writeCopies(folder: string): void {
  const files: Record<string, string> = {};
  for (let at = 0; at < CONTENTS * COPIES; at++)
    files[nameOf(at % CONTENTS, Math.floor(at / CONTENTS))] = bytesOf(at % CONTENTS);
  writeTree(folder, files);
  for (const name of Object.keys(files)) utimesSync(join(folder, name), 1_000_000, 1_000_000 + Number(name[0]));
}

/** Whole files with names that people see, by name. */
function seen(folder: string): [name: string, bytes: string][] {
  return Object.entries(treeOf(folder)).flatMap(([name, bytes]) =>
    bytes === null || name.includes(TEMPORARY_PREFIX) ? [] : [[name, bytes]],
  );
}

/** Where what is in the trash was, with its bytes. The note of a thing comes first: a kill leaves some that are of nothing. */
function inTrash(share: string): [path: string, bytes: string][] {
  const trash = join(share, 'Trash');
  return readdirSync(join(trash, 'files')).map((name) => {
    const note = readFileSync(join(trash, 'info', `${name}.trashinfo`), 'utf8');
    const path = /^Path=(.*)$/m.exec(note)?.[1] ?? '';
    return [decodeURIComponent(path), readFileSync(join(trash, 'files', name), 'utf8')];
  });
}

function countInTrash(share: string): number {
  const files = join(share, 'Trash/files');
  return existsSync(files) ? readdirSync(files).length : 0;
}

async function killedAgainAndAgain(context: TestContext, by: 'trash' | 'hard_link'): Promise<void> {
  const share = ownTrash(context);
  const [dataFolder, folder] = [temporaryFolder(context), temporaryFolder(context)];
  writeCopies(folder);
  const first = await openTestCore(context, { dataFolder, watching: { limit: 0 } });
  await first.index(folder, { mode: 'content' });
  await first.close();

  for (let kill = 0; kill < KILLS; kill++) {
    // In the middle: when some more of them have gone.
    const enough = countInTrash(share) + Math.random() * (GOING / KILLS);
    const begun = (): boolean => countInTrash(share) >= Math.min(enough, GOING);
    const told = kill === 0 ? { method: 'action:content.dedupe', input: { by } } : {};
    await runAndDie(Math.random() * 30, dataFolder, { ...told, begun });
    const held = new Set(seen(folder).map(([, bytes]) => bytes));
    for (let at = 0; at < CONTENTS; at++) assert.ok(held.has(bytesOf(at)), `content ${at} is there`);
  }

  const last = await openTestCore(context, { dataFolder, watching: { limit: 0 } });
  const { jobs } = await last.client.call('query:jobs.list', { kind: 'entries.carry_out' });
  assert.equal(jobs.length, 1);
  for (const job of jobs) assert.equal(((await last.completed(job)).result as { failed: number }).failed, 0);

  const kept = Array.from({ length: CONTENTS }, (_, at) => nameOf(at, 0));
  const gone = Array.from({ length: GOING }, (_, at) => nameOf(at % CONTENTS, 1 + Math.floor(at / CONTENTS)));
  const names = by === 'trash' ? kept : [...kept, ...gone];
  assert.deepEqual(
    seen(folder)
      .map(([name]) => name)
      .toSorted(),
    names.toSorted(),
  );
  const trashed = new Map(inTrash(share));
  assert.deepEqual([...trashed.keys()].toSorted(), gone.map((name) => join(folder, name)).toSorted());
  for (const name of gone) {
    const content = Number(name.split('/').at(-1));
    assert.equal(trashed.get(join(folder, name)), bytesOf(content));
    if (by === 'hard_link')
      assert.equal(lstatSync(join(folder, name)).ino, lstatSync(join(folder, nameOf(content, 0))).ino);
  }
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  assert.deepEqual(
    left.filter((name) => name.includes(TEMPORARY_PREFIX)),
    [],
  );
  const { locations } = await last.client.call('query:locations.list', {});
  const { result } = await last.rescan(locations[0]?.id ?? '', { full: true });
  const { added, modified, moved, removed } = result as Record<string, number>;
  assert.deepEqual({ added, modified, moved, removed }, { added: 0, modified: 0, moved: 0, removed: 0 });
  await last.close();
}

for (const by of ['trash', 'hard_link'] as const)
  test(`killed with -9 again and again, every content stays, and only what was planned goes (${by})`, (context) =>
    killedAgainAndAgain(context, by));
