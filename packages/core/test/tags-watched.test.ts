import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { act } from '../src/testing/file-world.ts';
import { openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { ownTrash } from '../src/testing/own-trash.ts';

/** A watched folder with one file that is tagged and rated. */
async function desk(context: TestContext, mode: 'shallow' | 'content') {
  ownTrash(context);
  const core = await openTestCore(context);
  const { client } = core;
  const folder = temporaryFolder(context);
  const at = (name: string): string => join(folder, name);
  mkdirSync(at('Away'));
  writeFileSync(at('a.txt'), 'first');
  await core.index(folder, { mode });
  const library = core.core.status().libraries[0]?.id ?? '';
  const targets = { paths: [at('a.txt')] };
  await client.call('action:tags.apply', { tags: ['Kept'], targets, create: true });
  await client.call('action:metadata.update', { targets, rating: 3 });
  return {
    core,
    at,
    watched: () => core.core.watched(library),
    said: async (name: string) => {
      const { tags, metadata } = await client.call('query:metadata.get', { path: at(name) });
      return [...tags.map((tag) => tag.name), metadata.rating];
    },
  };
}

test('while a folder is watched, tags stay through mv, an edit, a program that saves by renaming, and a copy', async (context) => {
  const { at, said, watched } = await desk(context, 'content');
  renameSync(at('a.txt'), at('Away/b.txt'));
  await watched();
  assert.deepEqual(await said('Away/b.txt'), ['Kept', 3]);
  appendFileSync(at('Away/b.txt'), ', and more');
  await watched();
  assert.deepEqual(await said('Away/b.txt'), ['Kept', 3]);
  writeFileSync(at('Away/b.txt~'), 'saved as a new file in its place');
  renameSync(at('Away/b.txt~'), at('Away/b.txt'));
  await watched();
  assert.deepEqual(await said('Away/b.txt'), ['Kept', 3]);
  copyFileSync(at('Away/b.txt'), at('copy.txt'));
  await watched();
  assert.deepEqual(await said('copy.txt'), ['Kept', 3]);
});

for (const mode of ['content', 'shallow'] as const)
  test(`moved, trashed and restored by actions, a file in a location of the mode ${mode} keeps what was said of it`, async (context) => {
    const { core, at, said } = await desk(context, mode);
    await act(core, 'move', { sources: [at('a.txt')], to: at('Away') });
    assert.deepEqual(await said('Away/a.txt'), ['Kept', 3]);
    const { receipt } = await act(core, 'trash', { sources: [at('Away/a.txt')] });
    const { result } = await core.client.call('action:history.undo', { receipt });
    if (result.job) await core.completed(result.job);
    assert.deepEqual(await said('Away/a.txt'), ['Kept', 3]);
  });
