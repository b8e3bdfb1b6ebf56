import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { nodeFiles } from '@sd/platform-node/files.ts';
import type { z } from 'zod';
import type { ReaderContext } from '../../context.ts';
import { FOLDER } from '../../domain/entry.ts';
import { uuidToText } from '../../domain/ids.ts';
import { SdError } from '../../errors.ts';
import { SEARCH_DEVICE, SearchLibrary } from '../../testing/search-fixture.ts';
import { searchFiles } from './files.ts';

const opened: SearchLibrary[] = [];
afterEach(() => opened.splice(0).forEach((library) => library.close()));

type Input = z.input<typeof searchFiles.input>;
type Output = z.output<typeof searchFiles.output>;

function pictures() {
  const library = new SearchLibrary();
  opened.push(library);
  const root = library.addLocation('/home/me/Pictures');
  const other = library.addLocation('/data/Music');
  const [holiday = 0, secret = 0] = library.add(
    { parent: root, name: 'Holiday 2024', type: FOLDER },
    { parent: root, name: '.secret', type: FOLDER },
  );
  library.add(
    { parent: holiday, name: 'Müller & Søn 100%.JPG', size: 3_000, mtime: 1_700_000_000_123_456 },
    { parent: holiday, name: 'bad\udcff\n.png', size: 10 },
    { parent: secret, name: 'diary.jpg', size: 20 },
    { parent: other, name: 'song of the holiday.mp3', size: 5_000 },
    { parent: root, name: 'clip.tar.gz', size: 1 },
  );
  library.build();
  return { library, root, other, holiday };
}

async function run(library: SearchLibrary, input: Input): Promise<Output> {
  const { db, names, check } = library.world;
  const context = {
    device: { id: uuidToText(SEARCH_DEVICE), slug: 'my-device' },
    files: nodeFiles,
    clock: { now: () => Date.now() },
    checkCancelled: check,
    library: { id: '01890000-0000-7000-8000-000000000001', name: 'Test', db, names },
  } as unknown as ReaderContext<'library'>;
  return searchFiles.output.parse(await searchFiles.run(context, searchFiles.input.parse(input)));
}
async function namesOf(library: SearchLibrary, input: Input): Promise<string[]> {
  return (await run(library, input)).entries.map(({ name }) => name);
}
const failsWith = (code: string) => (error: unknown) => error instanceof SdError && error.code === code;

test('an answer says where each entry lies, exactly and for people', async () => {
  const { library } = pictures();
  const { entries, total, text_index } = await run(library, { text: 'muller 100%' });
  assert.deepEqual(total, { count: 1, more: false });
  assert.equal(text_index, 'ready');
  const [entry] = entries;
  assert.equal(entry?.native_path, '/home/me/Pictures/Holiday 2024/Müller & Søn 100%.JPG');
  assert.equal(entry.path, 'local://my-device/home/me/Pictures/Holiday%202024/Müller%20&%20Søn%20100%25.JPG');
  assert.equal(entry.extension, 'jpg');
  assert.equal(entry.kind, 'image');
  assert.equal(entry.modified, 1_700_000_000_123);
  assert.equal(entry.offline, true, 'there is no such folder on this machine');

  const [bad] = (await run(library, { text: 'bad\\xff' })).entries;
  assert.equal(bad?.name, 'bad\\xff\\n.png');
  assert.match(bad.path, /bad%FF%0A\.png$/);

  const [root] = (await run(library, { text: 'pictures' })).entries;
  assert.equal(root?.native_path, '/home/me/Pictures');
});

test('filters are combined, with or without a text', async () => {
  const { library } = pictures();
  assert.deepEqual(await namesOf(library, { kinds: ['image'], hidden: false, sort: 'name' }), [
    'bad\\xff\\n.png',
    'Müller & Søn 100%.JPG',
  ]);
  assert.deepEqual(await namesOf(library, { extensions: ['.JPG'], sort: 'size' }), [
    'Müller & Søn 100%.JPG',
    'diary.jpg',
  ]);
  assert.deepEqual(await namesOf(library, { extensions: ['gz'] }), ['clip.tar.gz']);
  assert.deepEqual(await namesOf(library, { extensions: ['tar.gz'] }), ['clip.tar.gz']);
  assert.deepEqual(await namesOf(library, { types: ['folder'], text: 'holiday' }), ['Holiday 2024']);
  assert.deepEqual(await namesOf(library, { min_size: 20, max_size: 3_000, sort: 'size', order: 'asc' }), [
    'diary.jpg',
    'Müller & Søn 100%.JPG',
  ]);
  assert.deepEqual(await namesOf(library, { modified_after: 1_700_000_000_123, modified_before: 1_700_000_000_124 }), [
    'Müller & Søn 100%.JPG',
  ]);
  assert.deepEqual(await namesOf(library, { modified_after: 1_700_000_000_124 }), []);
});

test('a location or a folder bounds the search', async () => {
  const { library } = pictures();
  assert.deepEqual(await namesOf(library, { text: 'holiday' }), ['Holiday 2024', 'song of the holiday.mp3']);
  assert.deepEqual(await namesOf(library, { text: 'holiday', location: 'music' }), ['song of the holiday.mp3']);
  assert.deepEqual(await namesOf(library, { text: 'o', within: '/home/me/Pictures/Holiday 2024' }), []);
  assert.deepEqual(
    await namesOf(library, {
      text: 'r',
      within: 'local://my-device/home/me/Pictures/Holiday%202024',
      location: 'Pictures',
    }),
    ['Müller & Søn 100%.JPG'],
  );
  for (const input of [
    { within: '/home/me/Pictures/nothing' },
    { within: '/home/me' },
    { location: 'nothing' },
    { within: '/home/me/Pictures/Holiday 2024', location: 'Music' },
  ]) {
    await assert.rejects(run(library, { text: 'a', ...input }), failsWith('NOT_FOUND'), JSON.stringify(input));
  }
});

test('a page leads to the next one, of the same search only', async () => {
  const { library } = pictures();
  for (const sort of ['relevance', 'name', 'size', 'modified'] as const) {
    const all = await namesOf(library, { text: '', sort });
    const paged: string[] = [];
    for (let cursor: string | undefined, pages = 0; ; pages++) {
      const page = await run(library, { text: '', sort, limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      paged.push(...page.entries.map(({ name }) => name));
      cursor = page.next_cursor;
      if (cursor === undefined) break;
      assert.equal(page.entries.length, 2);
      await assert.rejects(run(library, { text: 'other', sort, cursor }), failsWith('CURSOR_STALE'));
      assert.ok(pages < 10);
    }
    assert.deepEqual(paged, all, sort);
  }
  await assert.rejects(run(library, { cursor: 'nonsense' }), failsWith('CURSOR_STALE'));
});

test('a removed location shows nothing from the instant it is removed', async () => {
  const { library, other } = pictures();
  library.write((tx) => tx.run('DELETE FROM locations WHERE root_entry_id = ?', other));
  assert.deepEqual(await namesOf(library, { text: 'holiday' }), ['Holiday 2024']);
  assert.deepEqual((await run(library, { text: 'song' })).total, { count: 0, more: false });
});

test('an order belongs to a sort, and an extension is one', () => {
  for (const input of [
    { order: 'asc' },
    { extensions: ['a/b'] },
    { extensions: ['.'] },
    { limit: 0 },
    { limit: 1001 },
    { kinds: [] },
  ]) {
    assert.equal(searchFiles.input.safeParse(input).success, false, JSON.stringify(input));
  }
});
