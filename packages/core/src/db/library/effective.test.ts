import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Said, effectiveMetadata } from '../../domain/metadata.ts';
import { SAID_OF, type SaidOf } from '../../domain/tag.ts';
import { BareLibrary } from '../../testing/bare-library.ts';
import { metadataOfEntry } from './effective-metadata.ts';
import { tagsOfEntry } from './effective-tags.ts';
import { marksOf } from './entry-marks.ts';
import { hiddenEntries } from './hidden-entries.ts';
import { METADATA, rowOfSaid } from './metadata.ts';
import { entriesWithSaid, saidOfEntry } from './said-of-entries.ts';
import { noteSuccession, succeed } from './successions.ts';
import { TAG_APPLICATIONS } from './tag-applications.ts';
import { entriesTagged, privateTags } from './tagged-entries.ts';
import { putUserRow } from './user-rows.ts';

const ENTRIES = 6;
const CONTENTS = 4;
/** Tag 2 lies below tag 1, which is private; tag 3 stands by itself. */
const TAGS = [1, 2, 3] as const;

const said: fc.Arbitrary<Said> = fc.record(
  {
    favorite: fc.boolean(),
    rating: fc.nat({ max: 5 }),
    hidden: fc.boolean(),
    note: fc.constantFrom('a', 'b'),
    fields: fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.nat({ max: 3 }), { minKeys: 1 }),
  },
  { requiredKeys: [] },
);
const world = fc.record({
  /** By entry: its content and the one it had before, 0 for none. */
  entries: fc.array(fc.record({ content: fc.nat({ max: CONTENTS }), before: fc.nat({ max: CONTENTS }) }), {
    minLength: ENTRIES,
    maxLength: ENTRIES,
  }),
  ofEntries: fc.dictionary(fc.integer({ min: 1, max: ENTRIES }).map(String), said),
  ofContents: fc.dictionary(fc.integer({ min: 1, max: CONTENTS }).map(String), said),
  tagged: fc.uniqueArray(
    fc.tuple(fc.constantFrom(...TAGS), fc.constantFrom(0, 1), fc.integer({ min: 1, max: CONTENTS })),
    { selector: String, maxLength: 12 },
  ),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

test('what holds for an entry is the same, whoever asks', (context) => {
  const file = new BareLibrary(context);
  fc.assert(
    fc.property(world, (made) => {
      fill(file, made);
      const hidden = new Set<number>();
      const ids = made.entries.map((_, at) => at + 1);
      const marks = marksOf(file.db, ids);
      for (const id of ids) {
        const expected = effectiveMetadata(around(made, id));
        assert.deepEqual(metadataOfEntry(file.db, id), expected);
        const tags = tagsOf(made, id);
        assert.deepEqual(
          tagsOfEntry(file.db, id).map(({ name, said_of }) => [name, said_of]),
          [...tags].sort(([a], [b]) => a - b).map(([tag, of]) => [`tag ${tag}`, of]),
        );
        const mark = marks.get(id);
        assert.deepEqual([mark?.favorite ?? false, mark?.rating ?? 0], [expected.favorite, expected.rating]);
        assert.deepEqual(
          mark?.tags?.map(({ name }) => name) ?? [],
          [...tags.keys()].toSorted((a, b) => a - b).map((tag) => `tag ${tag}`),
        );
        if (expected.hidden || tags.has(1) || tags.has(2)) hidden.add(id);
      }
      assert.deepEqual(new Set(hiddenEntries(file.db)), hidden);
      const favorites = file.db
        .prepare<{ id: number }>(
          `SELECT e.id FROM (${entriesWithSaid('m.favorite = 1')}) f JOIN entries e ON e.id = f.id WHERE ${saidOfEntry('favorite')} = 1 ORDER BY e.id`,
        )
        .all();
      assert.deepEqual(
        favorites.map(({ id }) => id),
        ids.filter((id) => effectiveMetadata(around(made, id)).favorite),
      );
      for (const wanted of [[1], [2], [1, 3], []]) {
        const expected = ids.filter((id) => wanted.some((tag) => tagsOf(made, id).has(tag)));
        assert.deepEqual(entriesTagged(file.db, wanted), expected);
      }
      assert.deepEqual(
        privateTags(file.db).toSorted((a, b) => a - b),
        [1, 2],
      );
    }),
    { numRuns: 150 },
  );
});

test('what an edited file had is said of its new content too, unless that is another file’s', (context) => {
  const file = new BareLibrary(context);
  const made = {
    entries: [
      { content: 1, before: 0 },
      { content: 3, before: 0 },
    ],
    ofEntries: {},
    tagged: [[3, 1, 1]] as World['tagged'],
  };
  fill(file, { ...made, ofContents: { 1: { rating: 4, fields: { x: 1 } }, 2: { rating: 2, note: 'own' } } });
  const forget = () =>
    file.write((tx) => {
      noteSuccession(tx, 1);
      tx.run('UPDATE entries SET content_id = NULL WHERE id = 1');
    });
  const learn = (id: number) =>
    file.write((tx) => {
      tx.run('UPDATE entries SET content_id = ? WHERE id = 1', id);
      succeed(tx, 1, id);
    });
  forget();
  assert.equal(metadataOfEntry(file.db, 1).rating, 4, 'it holds while the new one is not known');
  assert.equal(tagsOfEntry(file.db, 1)[0]?.said_of, 'previous_content');
  file.write((tx) => tx.run('UPDATE contents SET size = 0 WHERE id = 4'));
  learn(4);
  assert.equal(tagsOfEntry(file.db, 1)[0]?.said_of, 'previous_content', 'an empty file is on its way to be written');
  file.write((tx) => tx.run('UPDATE entries SET content_id = NULL WHERE id = 1'));
  learn(2);
  const { rating, note, fields } = metadataOfEntry(file.db, 1);
  assert.deepEqual([rating, note, fields], [2, 'own', { x: 1 }], 'what is said of the new one goes first');
  assert.equal(tagsOfEntry(file.db, 1)[0]?.said_of, 'content');
  const logged = file.db.prepare("SELECT 1 FROM change_log WHERE table_name IN ('metadata', 'tag_applications')").all();
  assert.ok(logged.length >= 2, 'other devices hear of it');
  assert.equal(file.db.prepare('SELECT count(*) AS n FROM history').get()?.['n'], 0, 'nobody did it');

  forget();
  learn(3);
  assert.deepEqual(tagsOfEntry(file.db, 1), [], 'it was replaced by a copy of another file');
  assert.deepEqual(tagsOfEntry(file.db, 2), []);
});

function around({ entries, ofEntries, ofContents }: World, id: number): Partial<Record<SaidOf, Said>> {
  const { content = 0, before = 0 } = entries[id - 1] ?? {};
  return {
    entry: ofEntries[id] ?? {},
    content: ofContents[content] ?? {},
    previous_content: ofContents[before] ?? {},
  };
}

/** The tags of an entry, each with the nearest of what it was said of. */
function tagsOf({ entries, tagged }: World, id: number): Map<number, SaidOf> {
  const { content = 0, before = 0 } = entries[id - 1] ?? {};
  const found = new Map<number, SaidOf>();
  for (const [at, scope, target] of [
    [0, 0, id],
    [1, 1, content],
    [2, 1, before],
  ] as const)
    for (const [tag, of, to] of tagged)
      if (of === scope && to === target && !found.has(tag)) found.set(tag, SAID_OF[at] ?? 'entry');
  return found;
}

function fill(file: BareLibrary, { entries, ofEntries, ofContents, tagged }: World): void {
  file.write((tx) => {
    for (const table of ['entries', 'contents', 'successions', 'metadata', 'tags', 'tag_links', 'tag_applications'])
      tx.run(`DELETE FROM ${table}`);
    for (let id = 1; id <= CONTENTS; id++)
      tx.run('INSERT INTO contents (id, hash, size, kind) VALUES (?, ?, 5, 0)', id, new Uint8Array(32).fill(id));
    for (const [at, { content, before }] of entries.entries()) {
      tx.run(
        `INSERT INTO entries (id, parent_id, name, type, kind, size, mtime, inode, links, revision, uuid, content_id)
           VALUES (?, NULL, ?, 0, 0, 1, 1, ?, 0, 1, ?, ?)`,
        at + 1,
        `file ${at + 1}`,
        at + 1,
        file.newIds.bytes(),
        content || null,
      );
      if (before) tx.run('INSERT INTO successions (entry_id, content_id) VALUES (?, ?)', at + 1, before);
    }
    for (const tag of TAGS)
      tx.run(
        'INSERT INTO tags (id, uuid, name, folded, kind, created_at) VALUES (?, ?, ?, ?, ?, 1)',
        tag,
        file.newIds.bytes(),
        `tag ${tag}`,
        `tag ${tag}`,
        tag === 1 ? 'privacy' : 'standard',
      );
    tx.run("INSERT INTO tag_links (tag_id, kind, other_id) VALUES (2, 'parent', 1)");
    for (const [scope, of] of [ofEntries, ofContents].entries())
      for (const [id, what] of Object.entries(of)) putUserRow(tx, METADATA, rowOfSaid(scope, Number(id), what, 1));
    for (const [tag, scope, target] of tagged)
      putUserRow(tx, TAG_APPLICATIONS, {
        tag_id: tag,
        scope,
        target_id: target,
        source: 'user',
        confidence: null,
        context: null,
        device_id: new Uint8Array(16),
        applied_at: 1,
      });
  });
}
