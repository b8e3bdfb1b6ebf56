import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { textsPathOf } from '../db/texts/schema.ts';
import type { NewText } from '../db/texts/texts.ts';
import { parseContentsQuery } from '../search/contents/contents-query.ts';
import { searchContents } from '../search/contents/contents-search.ts';
import { ContentsLibrary } from '../testing/contents-fixture.ts';
import { SEARCH_KEY } from '../testing/search-fixture.ts';
import { testPlatform } from '../testing/test-platform.ts';
import { ContentsIndex } from './contents-index.ts';

const ID = 'library';
const quiet = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };

function openIndex(library: ContentsLibrary, lost: (library: string) => void = () => {}): ContentsIndex {
  const { sqlite, workers, clock } = testPlatform(library.library.folder, quiet);
  const index = new ContentsIndex({ sqlite, workers, clock, log: quiet, lost });
  index.start({ id: ID, access: { databasePath: library.library.path, key: SEARCH_KEY } });
  return index;
}

const textOf = (content: number, text: string): NewText => ({
  content,
  hash: new Uint8Array(32).fill(content),
  maker: 1,
  text,
});
const asKnown = (...contents: number[]) =>
  contents.map((content) => ({ content, hash: new Uint8Array(32).fill(content) }));

/** A library without the fixture's own writer of texts. */
function bare(t: { after(call: () => void | Promise<void>): void }): ContentsLibrary {
  const library = new ContentsLibrary();
  t.after(() => library.close());
  return library;
}

test('texts are put, replaced and removed, and what lacks is known', async (t) => {
  const library = bare(t);
  const index = openIndex(library);
  await index.put(ID, [textOf(1, 'one'), textOf(2, 'two')]);
  assert.deepEqual(await index.lacking(ID, asKnown(1, 2, 3)), [3]);
  assert.deepEqual(
    await index.lacking(ID, [{ content: 1, hash: new Uint8Array(32) }]),
    [1],
    'the text of another content is none',
  );
  await index.put(ID, [textOf(1, 'one again')]);
  assert.deepEqual(index.status(), [{ library: ID, state: 'idle', documents: 2 }]);
  assert.equal(await index.remove(ID, [1, 7]), 1);
  assert.deepEqual(
    (await index.contents(ID, 0, 10)).map(({ content }) => content),
    [2],
  );
  await index.stop(ID);

  const again = openIndex(library);
  assert.deepEqual(again.status(), [{ library: ID, state: 'idle', documents: 1 }], 'known before its thread runs');
  await again.stop(ID);
});

test('searches say that it is being filled, until it is not', async (t) => {
  const library = bare(t);
  const index = openIndex(library);
  const state = (): string =>
    searchContents(library.world, {
      query: parseContentsQuery('x'),
      filter: { hidden: true },
      order: { sort: 'relevance', descending: false },
      limit: 1,
    }).index;
  await index.whileFilling(ID, async () => {
    assert.equal(state(), 'filling');
    assert.equal(index.status()[0]?.state, 'filling');
  });
  assert.equal(state(), 'ready');

  // Cut off in the middle: whoever opens it next is not the one who fills it.
  const cut = index.whileFilling(ID, () => index.stop(ID));
  await cut;
  assert.equal(state(), 'filling');
  const again = openIndex(library);
  await again.put(ID, [textOf(1, 'one')]);
  assert.equal(state(), 'ready');
  await again.stop(ID);
});

test('a file that is missing, damaged or of another key is made anew, and its texts are lacking', async (t) => {
  const library = bare(t);
  const path = textsPathOf(library.library.path);
  const damages: (() => void)[] = [
    () => [path, `${path}-wal`, `${path}-shm`].forEach((file) => rmSync(file, { force: true })),
    () => writeFileSync(path, 'no database'),
    () => {
      const bytes = readFileSync(path);
      bytes.fill(0xab, 4096);
      writeFileSync(path, bytes);
    },
  ];
  for (const damage of damages) {
    const index = openIndex(library);
    await index.put(ID, [textOf(1, 'one')]);
    await index.stop(ID);
    library.closeTexts();
    damage();
    let losses = 0;
    const again = openIndex(library, () => losses++);
    assert.deepEqual(await again.lacking(ID, asKnown(1)), [1]);
    assert.ok(losses > 0, 'whoever made them is told');
    await again.put(ID, [textOf(1, 'one')]);
    assert.deepEqual(await again.lacking(ID, asKnown(1)), []);
    await again.stop(ID);
  }
  assert.ok(existsSync(path));
});

test('after it is stopped it says so', async (t) => {
  const library = bare(t);
  const index = openIndex(library);
  await index.stop(ID);
  await assert.rejects(async () => index.lacking(ID, asKnown(1)), /closed/);
});
