import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { FOLDER } from '../../domain/entry.ts';
import { parseQuery } from '../../domain/query/parse.ts';
import { SaidFixture } from '../../testing/said-fixture.ts';
import { SearchLibrary } from '../../testing/search-fixture.ts';
import { suggest } from './suggest.ts';

const library = new SearchLibrary();
after(() => library.close());
const fixture = new SaidFixture(library);
const root = library.addLocation('/home/me/Pictures');
library.add({ parent: root, name: 'Summer 2024', type: FOLDER }, { parent: root, name: 'summary.pdf' });
library.build();
fixture.tag('Holiday');
fixture.apply(fixture.tag('holiday in Rome'), 0, root);
fixture.tag('work');
fixture.collection('Best of', 'rating:5');
fixture.media(fixture.content(), { camera: 'Canon EOS' });

/** `|` is the cursor. */
function at(marked: string): ReturnType<typeof suggest> {
  const cursor = marked.indexOf('|');
  return suggest(library.world, {
    text: marked.replace('|', ''),
    cursor,
    now: Date.UTC(2025, 5, 1),
    private: false,
    limit: 20,
  });
}
/** The texts that there would be, each with one suggestion taken. */
function texts(marked: string): string[] {
  const { from, to, suggestions } = at(marked);
  const text = marked.replace('|', '');
  return suggestions.map((one) => text.slice(0, from) + one.text + text.slice(to));
}

test('keys are suggested where a term begins, values where one has a key', () => {
  assert.ok(texts('|').includes('type:'));
  assert.deepEqual(texts('a ta|'), ['a tag:', 'a taken:']);
  assert.deepEqual(texts('-mod|'), ['-modified:']);
  assert.deepEqual(texts('type:im|'), ['type:image', 'type:disk_image']);
  assert.deepEqual(texts('type:image,vid| x'), ['type:image,video x']);
  assert.deepEqual(texts('is:dup|'), ['is:duplicate']);
  assert.deepEqual(texts('modified:last-w|'), ['modified:last-week']);
  assert.ok(texts('taken:202|').includes('taken:2024'));
  assert.ok(texts('ext:jp|').includes('ext:jpeg'));
  assert.ok(texts('tagg:x|').length === 0);
});

test('values are those that the library has, in quotes where they need them', () => {
  // What is applied most comes first.
  assert.deepEqual(texts('tag:hol|'), ['tag:"holiday in Rome"', 'tag:Holiday']);
  assert.deepEqual(texts('tag:=ro|'), ['tag:="holiday in Rome"']);
  assert.deepEqual(texts('tag:"holiday i|'), ['tag:"holiday in Rome"']);
  assert.deepEqual(texts('collection:b|'), ['collection:"Best of"']);
  assert.deepEqual(texts('camera:eos|'), ['camera:"Canon EOS"']);
  assert.deepEqual(texts('location:|'), ['location:Pictures']);
  assert.deepEqual(texts('in:summ|'), ['in:"Summer 2024"']);
  assert.deepEqual(texts('wor|'), ['tag:work']);
});

test('whatever is typed, a suggestion fits: taken, the text is no worse than before', () => {
  const typed = fc
    .array(
      fc.constantFrom('tag:', 'type:', 'in:', '"', '(', ')', ' ', 'ho', 'im', '-', ',', '=', 'x', 'OR', '\ud800'),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(typed, fc.nat(20), (text, place) => {
      const cursor = Math.min(place, text.length);
      const { from, to, suggestions } = suggest(library.world, { text, cursor, now: 0, private: false, limit: 20 });
      assert.ok(from >= 0 && from <= to && to === cursor);
      const before = parseQuery(text.slice(0, cursor));
      for (const one of suggestions) {
        // A bracket that is not closed yet is none before a key.
        if (one.kind === 'key' || !before.ok || text.includes('(')) continue;
        assert.ok(parseQuery(text.slice(0, from) + one.text).ok, JSON.stringify({ text, cursor, one }));
      }
    }),
    { numRuns: 500 },
  );
});
