import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import fc from 'fast-check';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { SearchLibrary } from '../../testing/search-fixture.ts';
import { expectedIds } from '../../testing/search-oracle.ts';
import { parseText } from '../finding/search-text.ts';
import { type SearchRequest, search } from '../search.ts';

const libraries: SearchLibrary[] = [];
afterEach(() => libraries.splice(0).forEach((library) => library.close()));

function libraryOf(...names: string[]): { library: SearchLibrary; root: number; ids: number[] } {
  const library = new SearchLibrary();
  libraries.push(library);
  const root = library.addLocation('/home/me');
  return { library, root, ids: library.add(...names.map((name) => ({ parent: root, name }))) };
}
function request(text: string): SearchRequest {
  return {
    text: parseText(text),
    filter: { hidden: true },
    order: { sort: 'relevance', descending: false },
    limit: 1000,
  };
}
function find(library: SearchLibrary, text: string): number[] {
  return search(library.world, request(text)).hits.map(({ id }) => id);
}
function renamedLeft(library: SearchLibrary): number {
  return library.world.db.prepare('SELECT id FROM renamed_entries').all().length;
}
/** What the index alone has for a trigram. */
function postings(library: SearchLibrary, gram: string): number[] {
  return library.inspect((names) =>
    names
      .prepare<{ rowid: number }>('SELECT rowid FROM trigrams WHERE trigrams MATCH ?')
      .all(`"${gram}"`)
      .map(({ rowid }) => rowid),
  );
}

test('an index is built where there is none, and then holds every entry below the bound', () => {
  const { library, ids } = libraryOf('one.txt', 'two.txt', 'three.txt');
  const [one = 0, two = 0, three = 0] = ids;
  assert.equal(library.meta(), undefined);
  library.build(three);
  assert.deepEqual(postings(library, 'txt'), [one, two]);
  assert.equal(library.meta()?.state, 'ready');
  library.build();
  assert.deepEqual(postings(library, 'txt'), [one, two, three]);
  assert.equal(library.meta()?.mark, three);
});

test('what commits later with a lower id is not missed, as the bound waits for it', () => {
  const { library, root } = libraryOf('first');
  // An indexing run has taken five ids; the last two are committed before the others.
  const bound = library.nextId;
  library.write((tx) => tx.run('UPDATE write_state SET next_entry_id = next_entry_id + 3'));
  const late = library.add({ parent: root, name: 'late one' }, { parent: root, name: 'late two' });
  library.build(bound);
  assert.equal(library.meta()?.mark, bound - 1);
  library.write((tx) => {
    for (const id of [bound, bound + 1, bound + 2]) {
      tx.run(
        "INSERT INTO entries (id, parent_id, name, type, kind, size, mtime, inode, links, revision) VALUES (?, ?, 'late three', 0, 0, 0, 0, 0, 0, ?)",
        id,
        root,
        tx.revision,
      );
    }
  });
  assert.equal(find(library, 'late').length, 5);
  library.build();
  assert.deepEqual(postings(library, 'ate'), [bound, bound + 1, bound + 2, ...late]);
});

test('a renamed entry is found by its new name at once, and not by its old one', () => {
  const { library, ids } = libraryOf('invoice.pdf', 'other.pdf');
  const [id = 0] = ids;
  library.build();
  library.rename(id, 'Rechnung.pdf');
  for (const built of [false, true]) {
    if (built) library.build();
    assert.deepEqual(find(library, 'rechnung'), [id]);
    assert.deepEqual(find(library, 'invoice'), []);
    assert.equal(renamedLeft(library), built ? 0 : 1);
  }
  assert.deepEqual(postings(library, 'hnu'), [id]);
});

test('a rename during the build stays on the list, so that it is not lost', () => {
  const { library, ids } = libraryOf('first name');
  const [id = 0] = ids;
  library.build();
  library.rename(id, 'second name');
  let again = true;
  library.buildWriting((write) => {
    // Between putting the name in and taking it off the list it gets another one.
    if (again) library.rename(id, 'third name');
    again = false;
    write();
  });
  assert.equal(renamedLeft(library), 1);
  assert.deepEqual(find(library, 'third'), [id]);
  library.build();
  assert.equal(renamedLeft(library), 0);
  assert.deepEqual(postings(library, 'thi'), [id]);
});

test('a deleted entry is not found, and its rename is forgotten', () => {
  const { library, ids } = libraryOf('keep.txt', 'gone.txt');
  const [keep = 0, gone = 0] = ids;
  library.build();
  library.rename(gone, 'renamed.txt');
  library.remove(gone);
  assert.deepEqual(find(library, 'txt'), [keep]);
  library.build();
  assert.equal(renamedLeft(library), 0);
  assert.deepEqual(find(library, 'txt'), [keep]);
});

test('a build that is stopped goes on where it was', () => {
  const { library, root } = libraryOf();
  library.add(...Array.from({ length: 1000 }, (_, at) => ({ parent: root, name: `file ${at}` })));
  let asked = 0;
  assert.equal(
    library.build(undefined, () => ++asked > 1),
    false,
  );
  assert.equal(library.meta()?.state, 'building');
  assert.equal(find(library, 'file 999').length, 1);
  assert.equal(library.build(), true);
  assert.equal(library.meta()?.docs, 1001);
});

for (const [what, damage] of [
  ['is missing', (path: string) => rmSync(path)],
  ['is no database', (path: string) => writeFileSync(path, Buffer.alloc(40_000, 'damage'))],
  ['is cut short', (path: string) => writeFileSync(path, Buffer.alloc(100))],
  [
    'has another key',
    (path: string) => {
      rmSync(path);
      const db = nodeSqlite.open({ path, key: new Uint8Array(32).fill(1), mode: 'create' });
      db.exec('CREATE TABLE meta (x)');
      db.close();
    },
  ],
] as const) {
  test(`an index that ${what} does not keep anyone from searching, and is made anew`, () => {
    const { library, ids } = libraryOf('one.txt', 'two.txt');
    library.build();
    damage(library.namesPath);
    for (const suffix of ['-wal', '-shm']) rmSync(library.namesPath + suffix, { force: true });
    assert.equal(library.meta(), undefined);
    assert.deepEqual(find(library, 'txt'), ids);
    library.build();
    assert.equal(library.meta()?.state, 'ready');
    assert.deepEqual(postings(library, 'txt'), ids);
    assert.deepEqual(find(library, 'txt'), ids);
  });
}

test('an index of another format is made anew', () => {
  const { library, ids } = libraryOf('one.txt');
  library.build();
  library.inspect((names) => names.exec('UPDATE meta SET format = 0'));
  assert.equal(library.meta(), undefined);
  library.build();
  assert.deepEqual(postings(library, 'txt'), ids);
});

test('an index of a library that has gone back in time starts over', () => {
  const { library, ids } = libraryOf('old name.txt');
  library.build();
  library.rename(ids[0] ?? 0, 'new name.txt');
  library.build();
  // As a restored backup has it.
  library.write((tx) => tx.run("UPDATE entries SET name = 'old name.txt' WHERE id = ?", ids[0] ?? 0));
  library.setRevision(1);
  library.build();
  assert.deepEqual(postings(library, 'old'), ids);
  assert.deepEqual(find(library, 'old'), ids);
});

test('damage found in the middle of a search: it finds by scanning what there is', () => {
  const { library, root } = libraryOf();
  const ids = library.add(
    ...Array.from({ length: 3000 }, (_, at) => ({ parent: root, name: `picture ${at * 7919}.jpg` })),
  );
  library.build();
  const bytes = readFileSync(library.namesPath);
  writeFileSync(library.namesPath, bytes.fill(0x55, Math.floor(bytes.length / 4096 / 2) * 4096));
  assert.equal(library.meta()?.state, 'ready');
  assert.deepEqual(search(library.world, request('picture')).total, { count: 300, more: true });
  assert.deepEqual(find(library, `picture ${2999 * 7919}.jpg`), ids.slice(-1));
  assert.equal(library.meta(), undefined, 'it is not trusted any more');
  library.build();
  assert.ok(postings(library, 'jpg').length === 3000);
  assert.equal(library.meta()?.docs, 3001);
});

const change = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('add' as const), name: fc.stringMatching(/^[ab1. ]{1,6}$/) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('rename' as const),
      which: fc.nat(),
      name: fc.stringMatching(/^[ab1. ]{1,6}$/),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('remove' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('build' as const), share: fc.constantFrom(0.5, 1) }) },
);

test('whatever comes, goes and changes its name, and whenever the index is built, searches find what is there', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 5, maxLength: 40 }), (changes) => {
      const { library, root } = libraryOf('a', 'ab', 'b.a');
      for (const step of changes) {
        const ids = library.world.db
          .prepare<{ id: number }>('SELECT id FROM entries WHERE parent_id IS NOT NULL')
          .all()
          .map(({ id }) => id);
        const id = 'which' in step ? ids[step.which % ids.length] : undefined;
        if (step.what === 'add') library.add({ parent: root, name: step.name });
        else if (step.what === 'build') library.build(Math.ceil(library.nextId * step.share));
        else if (id !== undefined && step.what === 'rename') library.rename(id, step.name);
        else if (id !== undefined) library.remove(id);
      }
      for (const text of ['a', 'b', 'ab', '1', 'a.b', '.a', 'aa', 'b a'])
        assert.deepEqual(find(library, text), expectedIds(library.world.db, request(text)), text);
      libraries.splice(0).forEach((opened) => opened.close());
    }),
    { numRuns: Number(process.env['SD_FUZZ'] ?? 20) },
  );
});
