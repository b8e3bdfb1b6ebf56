import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tagAncestors, tagWithDescendants } from '../db/library/tag-links.ts';
import { SdError } from '../errors.ts';
import { undoRows } from '../history/undo-rows.ts';
import { BareLibrary } from '../testing/bare-library.ts';
import { applyTags } from './applying.ts';
import { addParent, removeParent } from './links.ts';
import { deleteTags, mergeTags } from './merging.ts';
import { createTag } from './tag-rows.ts';

const TABLES = ['tags', 'tag_links', 'tag_applications'] as const;
const pick = fc.nat({ max: 30 });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('create' as const), a: pick, b: pick }) },
  { weight: 6, arbitrary: fc.record({ what: fc.constant('add' as const), a: pick, b: pick }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('remove' as const), a: pick, b: pick }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('apply' as const), a: pick, b: pick }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('merge' as const), a: pick, b: pick }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('delete' as const), a: pick, b: pick }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('undo' as const), a: pick, b: pick }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

test('whatever is linked, merged, deleted and undone, no tag is above itself and nothing is said with one that is gone', (context) => {
  const file = new BareLibrary(context);
  addEntries(file, 20);
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
      // Each run goes on from where the one before ended.
      const receipts: string[] = [];
      for (const one of steps) {
        const receipt = attempt(() => act(file, one, receipts));
        if (receipt !== undefined) receipts.push(receipt);
        holds(file);
      }
    }),
    { numRuns: 60 },
  );
});

test('an undo of the last action leaves every row as it was', (context) => {
  const file = new BareLibrary(context);
  addEntries(file, 20);
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 15 }), (steps) => {
      for (const one of steps.filter(({ what }) => what !== 'undo')) {
        const before = file.rows(...TABLES);
        const receipt = attempt(() => act(file, one, []));
        if (receipt === undefined || JSON.stringify(before, plain) === JSON.stringify(file.rows(...TABLES), plain))
          continue;
        const { receipt: undone } = file.run(undoRows, { receipt });
        assert.deepEqual(file.rows(...TABLES), before);
        file.run(undoRows, { receipt: undone });
      }
    }),
    { numRuns: 40 },
  );
});

function act(file: BareLibrary, { what, a, b }: Step, receipts: readonly string[]): string | undefined {
  const tags = file.db.prepare<{ id: number }>('SELECT id FROM tags ORDER BY id').all();
  const [one, other] = [tags[a % tags.length]?.id, tags[b % tags.length]?.id];
  if (what === 'create' && tags.length < 25)
    return file.act((tx) => createTag(tx, { name: `tag ${a}` }, file.newIds.bytes(), file.now()));
  const done = receipts[a % receipts.length];
  if (what === 'undo') return done === undefined ? undefined : file.run(undoRows, { receipt: done }).receipt;
  if (one === undefined || other === undefined) return undefined;
  if (what === 'add') return file.act((tx) => addParent(tx, one, other));
  if (what === 'remove') return file.act((tx) => removeParent(tx, one, other));
  if (what === 'merge') return file.run(mergeTags, { from: [one], into: other }).receipt;
  if (what === 'delete') return file.run(deleteTags, { tags: [one] }).receipt;
  const name = file.db.prepare<{ name: string }>('SELECT name FROM tags WHERE id = ?').get(one)?.name ?? '';
  const targets = { entries: [1 + (b % 20), 1 + (a % 20)], contents: [0, 0], folders: 0, digest: '' };
  const why = { source: 'user', confidence: null, context: null, create: false, on: undefined };
  return file.run(applyTags, { targets, tags: [name], ...why }).receipt;
}

/** What is refused changes nothing. */
function attempt(work: () => string | undefined): string | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof SdError) return undefined;
    throw error;
  }
}

function holds(file: BareLibrary): void {
  const ids = new Set(
    file.db
      .prepare<{ id: number }>('SELECT id FROM tags')
      .all()
      .map(({ id }) => id),
  );
  const links = file.db
    .prepare<{ tag_id: number; other_id: number }>("SELECT tag_id, other_id FROM tag_links WHERE kind = 'parent'")
    .all();
  const below = new Map<number, number[]>();
  for (const { tag_id: tag, other_id: parent } of links) {
    assert.ok(ids.has(tag) && ids.has(parent), 'a link to a tag that is gone');
    below.set(parent, [...(below.get(parent) ?? []), tag]);
  }
  const reached = (from: number): Set<number> => {
    const found = new Set<number>();
    const open = [...(below.get(from) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop())
      if (!found.has(next)) {
        found.add(next);
        open.push(...(below.get(next) ?? []));
      }
    return found;
  };
  for (const id of ids) {
    const expected = reached(id);
    assert.ok(!expected.has(id), 'a tag is above itself');
    assert.deepEqual(new Set(tagWithDescendants(file.db, id)), new Set([id, ...expected]));
    for (const other of expected) assert.ok(tagAncestors(file.db, other).includes(id));
  }
  const orphans = file.db.prepare('SELECT 1 FROM tag_applications WHERE tag_id NOT IN (SELECT id FROM tags)').get();
  assert.equal(orphans, undefined, 'something is said with a tag that is gone');
}

function addEntries(file: BareLibrary, count: number): void {
  file.write((tx) => {
    for (let id = 1; id <= count; id++)
      tx.run(
        'INSERT INTO entries (id, parent_id, name, type, kind, size, mtime, inode, links, revision) VALUES (?, NULL, ?, 0, 0, 1, 1, ?, 0, 1)',
        id,
        `file ${id}`,
        id,
      );
  });
}

function plain(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
