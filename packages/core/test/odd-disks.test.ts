import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { nodeUserFiles } from '@sd/platform-node/user-files/user-files.ts';
import { locationByUuid } from '../src/db/library/locations.ts';
import type { Platform } from '../src/platform.ts';
import type { Connection } from '../src/ports/sqlite.ts';
import { FakeUserFiles } from '../src/testing/fake-user-files.ts';
import { act, treeOf, writeTree } from '../src/testing/file-world.ts';
import { LibraryKey } from '../src/testing/held-index.ts';
import { indexPicture } from '../src/testing/index-picture.ts';
import { inlineWorkers } from '../src/testing/inline-workers.ts';
import { type Disk, mountDisk } from '../src/testing/mounted-disk.ts';
import { type TestCore, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { ownTrash } from '../src/testing/own-trash.ts';
import { planningBench } from '../src/testing/planning-fixture.ts';
import { UNDO_STORIES, take } from '../src/testing/undo-stories.ts';

/** A core with a location on a disk of another kind than the one it lies on itself. */
interface Desk {
  /** Empty, on that disk. */
  readonly folder: string;
  /** On the disk of the core, a location too. */
  readonly own: string;
  core: TestCore;
  /** Its library, to read there what no client is shown. */
  read(): Connection;
  /** Closes it, has the disk away for a moment, and opens it anew. */
  again(): Promise<void>;
  readonly changesInodes: boolean;
  /** Case does not count there. */
  readonly caseInsensitive: boolean;
}

/** A disk that behaves as a camera's card does: nothing has the number it had a moment ago, and case does not count. */
const CARD = 'a card that is made up';

async function desk(context: TestContext, disk: Disk | typeof CARD): Promise<Desk | undefined> {
  ownTrash(context);
  const ends: (() => void | Promise<void>)[] = [];
  const scope = { after: (end: () => void | Promise<void>) => void ends.unshift(end) };
  context.after(async () => {
    for (const end of ends) await end();
  });
  const top = temporaryFolder(scope);
  const dataFolder = temporaryFolder(scope);
  const at = disk === CARD ? mkdtempSync('/dev/shm/sd-card-') : `${top}/disk`;
  const own = `${top}/own`;
  let unmount = disk === CARD ? () => rmSync(at, { recursive: true }) : mountDisk(disk, at);
  if (!unmount) {
    context.skip(`${disk} cannot be mounted here`);
    return undefined;
  }
  scope.after(() => unmount?.());
  const folder = `${at}/desk`;
  mkdirSync(folder);
  mkdirSync(own);
  const volume = {
    path: at,
    sameDevice: true,
    changesInodes: true,
    caseInsensitive: true,
    lacks: ['hard_links', 'permissions'] as const,
  };
  const faults = new FakeUserFiles(nodeUserFiles, [volume]);
  const key = new LibraryKey();
  const open = (): Promise<TestCore> =>
    openTestCore(scope, {
      dataFolder,
      watching: { limit: 0 },
      ...(disk === CARD ? { platform: (platform) => inlined(key.watch(platform)) } : { platform: key.watch }),
    });
  const inlined = (platform: Platform): Platform => ({
    ...platform,
    workers: inlineWorkers(platform, faults.ports(platform)),
  });
  const made: Desk = {
    folder,
    own,
    core: await open(),
    read: () => key.open(nodeSqlite),
    changesInodes: disk === CARD || disk === 'exfat' || disk === 'vfat' || disk === 'ntfs',
    caseInsensitive: disk === CARD || disk === 'exfat' || disk === 'vfat',
    async again() {
      await made.core.close();
      if (disk !== CARD) {
        unmount?.();
        unmount = mountDisk(disk, at, 'again');
      }
      made.core = await open();
    },
  };
  for (const path of [folder, own]) await made.core.index(path, { mode: 'content' });
  return made;
}

/** Ids of entries by their paths below the location with that root. */
async function idsOf({ core, read }: Desk, root: string): Promise<Record<string, number>> {
  const { locations } = await core.client.call('query:locations.list', {});
  const db = read();
  try {
    const row = locationByUuid(db, locations.find(({ native_path }) => native_path === root)?.id ?? '');
    const ids = [...indexPicture(db, row?.root_entry_id ?? 0).ids].filter(([path]) => path);
    return Object.fromEntries(ids.toSorted(([one], [other]) => (one < other ? -1 : 1)));
  } finally {
    db.close();
  }
}

/** A scan finds nothing that the actions have not told. */
async function nothingNew({ core, changesInodes }: Desk): Promise<void> {
  for (const { id } of (await core.client.call('query:locations.list', {})).locations) {
    const { added, modified, moved, removed } = (await core.rescan(id, { full: true })).result as Record<
      string,
      number
    >;
    assert.deepEqual({ added, moved, removed }, { added: 0, moved: 0, removed: 0 });
    // A number is written anew where it is another one.
    if (!changesInodes) assert.equal(modified, 0);
  }
}

/** By a name in another case than it was changed by, the system shows for a second what was there before. */
async function shows(folder: string, expected: Readonly<Record<string, string | null>>): Promise<void> {
  const until = performance.now() + 20_000;
  while (!isDeepStrictEqual(treeOf(folder), expected) && performance.now() < until)
    await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(treeOf(folder), expected);
}

async function rescan({ core }: Desk): Promise<void> {
  for (const { id } of (await core.client.call('query:locations.list', {})).locations) await core.rescan(id);
}

/** Everything on the real ones too, with SD_FUZZ=1: some of them are slow. */
const EVERYTHING = process.env['SD_FUZZ'] !== undefined;

for (const disk of [CARD, 'vfat', 'exfat', 'ntfs', 'btrfs', 'xfs'] as const) {
  const skip = disk !== CARD && !EVERYTHING;
  test(`${disk}: whatever is done there comes back, also after the disk was away`, { skip }, async (context) => {
    const at = await desk(context, disk);
    if (!at) return;
    for (const [number, { what, files, action, input, decisions = {} }] of UNDO_STORIES.entries()) {
      await context.test(what, async () => {
        const folder = `${at.folder}/${number}`;
        writeTree(folder, files);
        await rescan(at);
        const tree = () => [treeOf(folder), action === 'set_times' && Math.round(lstatSync(`${folder}/a`).mtimeMs)];
        const before = tree();
        const paths = (...names: string[]) => names.map((name) => join(folder, name));
        const { failed } = await act(at.core, action, input(paths), decisions);
        assert.equal(failed, 0);
        const after = tree();
        assert.notDeepEqual(after, before);
        await nothingNew(at);
        await take(at.core, 'undo');
        assert.deepEqual(tree(), before);
        await take(at.core, 'redo');
        assert.deepEqual(tree(), after);
        if (number % 4 === 0) await at.again();
        await take(at.core, 'undo');
        assert.deepEqual(tree(), before);
        await nothingNew(at);
      });
    }
  });

  test(`${disk}: to it and from it, with all that is known of what goes`, async (context) => {
    const at = await desk(context, disk);
    if (!at) return;
    writeTree(at.own, { 'from/a.txt': '1', 'from/in/b': '22' });
    await rescan(at);
    const known = await idsOf(at, at.own);
    const before = treeOf(at.own);
    const { failed, problems } = await act(at.core, 'move', { sources: [`${at.own}/from`], to: at.folder });
    assert.deepEqual([failed, problems], [0, []]);
    assert.deepEqual(treeOf(at.folder), before);
    assert.deepEqual(await idsOf(at, at.folder), known);
    await nothingNew(at);
    await at.again();
    await take(at.core, 'undo');
    assert.deepEqual(treeOf(at.own), before);
    await take(at.core, 'redo');
    await act(at.core, 'move', { sources: [`${at.folder}/from/in`], to: at.own });
    await act(at.core, 'copy', { sources: [`${at.folder}/from/a.txt`], to: at.own });
    assert.deepEqual(treeOf(at.own), { 'a.txt': '1', in: null, 'in/b': '22' });
    const ids = await idsOf(at, at.own);
    assert.equal(ids['in/b'], known['from/in/b']);
    await nothingNew(at);
  });

  test(`${disk}: what is in the trash is known to be there`, { skip }, async (context) => {
    const at = await desk(context, disk);
    if (!at) return;
    writeTree(at.folder, { 'a.txt': '1', 'sub/b': '2' });
    await rescan(at);
    await act(at.core, 'trash', { sources: [`${at.folder}/a.txt`, `${at.folder}/sub`] });
    const presences = async () =>
      (await at.core.client.call('query:entries.list_trash', {})).items.map(({ presence }) => presence);
    assert.deepEqual(await presences(), ['there', 'there']);
    await at.again();
    assert.deepEqual(await presences(), ['there', 'there']);
  });

  test(`${disk}: a name changes in case only, and comes back`, async (context) => {
    const at = await desk(context, disk);
    if (!at) return;
    writeTree(at.folder, { 'photo.jpg': '1', 'sub/x': '2' });
    await rescan(at);
    const id = (await idsOf(at, at.folder))['photo.jpg'];
    for (const [from, to] of [
      ['photo.jpg', 'Photo.JPG'],
      ['sub', 'Sub'],
    ] as const) {
      const { failed } = await act(at.core, 'rename', { path: `${at.folder}/${from}`, name: to });
      assert.equal(failed, 0);
    }
    assert.deepEqual(readdirSync(at.folder).sort(), ['Photo.JPG', 'Sub']);
    assert.equal((await idsOf(at, at.folder))['Photo.JPG'], id);
    await nothingNew(at);
    await take(at.core, 'undo');
    await take(at.core, 'undo');
    assert.deepEqual(readdirSync(at.folder).sort(), ['photo.jpg', 'sub']);
    if (!at.caseInsensitive) return;
    // By whatever case it is called, it is the one that is there.
    const { plan_id, conflicts } = await at.core.client.call('preview:entries.copy', {
      sources: [`${at.folder}/PHOTO.jpg`],
      to: at.own,
    });
    assert.ok(plan_id);
    assert.deepEqual(conflicts, []);
    writeTree(at.own, { 'SUB/x': 'new' });
    const { problems } = await act(at.core, 'copy', {
      sources: [`${at.own}/SUB`],
      to: at.folder,
      on_conflict: 'replace',
    });
    assert.deepEqual(problems, []);
    await shows(at.folder, { 'photo.jpg': '1', sub: null, 'sub/x': 'new' });
    await take(at.core, 'undo');
    await shows(at.folder, { 'photo.jpg': '1', sub: null, 'sub/x': '2' });
    renameSync(`${at.own}/SUB`, `${at.own}/other`);
    await rescan(at);
    await nothingNew(at);
  });
}

test('a plan of files whose inode numbers change is not stale, and says nothing of them', async (context) => {
  const volume = { path: '', changesInodes: true };
  const bench = planningBench(context, {
    platform: (platform) => new FakeUserFiles(nodeUserFiles, [volume]).ports(platform),
  });
  volume.path = `${bench.folder}/card`;
  writeTree(bench.folder, { 'card/from/a': '1', 'card/from/b/c': '2', 'card/to/': '', 'own/from/a': '3' });
  const at = (path: string): string => `${bench.folder}/${path}`;
  for (const request of [
    { operation: 'entries.copy' as const, sources: [at('card/from')], to: at('card/to'), on_conflict: 'ask' as const },
    { operation: 'entries.move' as const, sources: [at('card/from')], to: at('own'), on_conflict: 'replace' as const },
    { operation: 'entries.delete' as const, sources: [at('card/from')] },
    { operation: 'entries.trash' as const, sources: [at('card/from/a')] },
    { operation: 'entries.set_times' as const, sources: [at('card/from/a')], times: { modified: 1_000_000 } },
  ]) {
    const { id } = await bench.plan(request);
    for (const { facts, there } of bench.steps(id))
      for (const one of [facts, ...(there ? [there] : [])])
        assert.ok(one.inode === 0 || one.device < 2 ** 40, request.operation);
    await bench.commit(id);
  }
  assert.equal(Object.keys(treeOf(at('card'))).length, 5, 'nothing was done yet');
});
