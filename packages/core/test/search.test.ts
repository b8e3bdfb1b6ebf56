import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { openTestCore, temporaryFolder, type TestCore } from '@sd/core/testing/open-test-core.ts';

function write(folder: string, ...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(`${folder}/${path}`), { recursive: true });
    writeFileSync(`${folder}/${path}`, path);
  }
}

async function find(core: TestCore, input: Record<string, unknown>): Promise<string[]> {
  const { entries } = await core.client.call('query:search.files', input);
  return entries.map(({ name }) => name);
}

/** Resolves when the text index says that it is up to date. */
function indexBuilt({ core }: TestCore): Promise<void> {
  return new Promise((resolve) => {
    const stop = core.events.subscribe(({ resource, change, data }) => {
      if (resource !== 'service' || change !== 'updated' || data?.['service'] !== 'text_index') return;
      stop();
      resolve();
    });
  });
}

test('what is indexed is found at once, and as soon as it changes, whether the text index stands or not', async (scope) => {
  const folder = temporaryFolder(scope);
  write(
    folder,
    'Holiday 2024/Lisbon.jpg',
    'Holiday 2024/müller.txt',
    'work/report "final" 100%.pdf',
    '.cache-free/notes.md',
  );
  const core = await openTestCore(scope);
  let built = indexBuilt(core);
  const { location } = await core.index(folder);
  const finds = async (): Promise<void> => {
    assert.deepEqual(await find(core, { text: 'lisb' }), ['Lisbon.jpg']);
    assert.deepEqual(await find(core, { text: '"final" 100%' }), ['report "final" 100%.pdf']);
    assert.deepEqual(await find(core, { text: 'MULLER' }), ['müller.txt']);
    assert.deepEqual(await find(core, { text: '', kinds: ['image'], within: `${folder}/Holiday 2024` }), [
      'Lisbon.jpg',
    ]);
    assert.deepEqual(await find(core, { text: 'notes', hidden: false }), []);
  };
  await finds();
  await built;
  await finds();

  renameSync(`${folder}/Holiday 2024/Lisbon.jpg`, `${folder}/Holiday 2024/Porto.jpg`);
  rmSync(`${folder}/work`, { recursive: true });
  write(folder, 'new/Lisbon again.txt');
  built = indexBuilt(core);
  await core.rescan(location.id);
  const changed = async (): Promise<void> => {
    assert.deepEqual(await find(core, { text: 'porto' }), ['Porto.jpg']);
    assert.deepEqual(await find(core, { text: 'lisbon' }), ['Lisbon again.txt']);
    assert.deepEqual(await find(core, { text: 'final' }), []);
  };
  await changed();
  await built;
  await changed();

  await core.client.call('action:locations.remove', { location: location.id });
  assert.deepEqual(await find(core, { text: 'porto' }), []);
  assert.deepEqual(core.warnings, []);
});

test('nothing of a name can be read in the closed text index', async (scope) => {
  const folder = temporaryFolder(scope);
  write(folder, 'unmistakable-name.txt');
  const core = await openTestCore(scope);
  const built = indexBuilt(core);
  await core.index(folder);
  await built;
  const [library] = (await core.client.call('query:libraries.list', {})).libraries;
  await core.close();
  assert.ok(library);
  assert.ok(readdirSync(library.folder).includes('names.db'));
  for (const name of readdirSync(library.folder, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const bytes = readFileSync(`${name.parentPath}/${name.name}`);
    for (const part of ['unmistakable', 'mistak', 'CREATE VIRTUAL'])
      assert.equal(bytes.includes(part), false, `${name.name} shows ${part}`);
  }
});
