import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { NAMES_SCHEMA } from '../db/names/schema.ts';
import { fold } from '../domain/fold.ts';
import { indexedText, trigrams } from './indexed-text.ts';
import { anyCharacter } from '../testing/any-character.ts';

test('trigrams are those that the tokenizer of the index makes', () => {
  const db = nodeSqlite.open({ path: ':memory:', mode: 'create' });
  db.exec(NAMES_SCHEMA);
  db.exec('CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, trigrams, row)');
  const name = fc.string({
    unit: fc.oneof(
      fc.string({ unit: anyCharacter, minLength: 1, maxLength: 1 }),
      fc.constantFrom('\ufffe', '\uffff', '"', '*', 'é', '東', '😀'),
    ),
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(name, (any) => {
      const text = indexedText(fold(any.replaceAll('\0', '').replaceAll('/', '')));
      db.exec("INSERT INTO trigrams (trigrams) VALUES ('delete-all')");
      db.prepare('INSERT INTO trigrams (rowid, text) VALUES (1, ?)').run(text);
      const indexed = db
        .prepare<{ term: string }>('SELECT term FROM temp.vocabulary')
        .all()
        .map(({ term }) => term);
      assert.deepEqual(new Set(trigrams(text)), new Set(indexed));
    }),
    { numRuns: 500 },
  );
  db.close();
});

test('every character of a name begins a trigram, and the whole name ends in its own', () => {
  assert.deepEqual(trigrams(indexedText('ab')).slice(0, 4), ['/ab', 'ab/', 'b//', trigrams(indexedText('ab')).at(-1)]);
  assert.notEqual(trigrams(indexedText('ab')).at(-1), trigrams(indexedText('ba')).at(-1));
});
