import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { itemsOf } from '../db/library/collection-items.ts';
import { changesOf } from '../db/library/history.ts';
import { idSource } from '../domain/ids.ts';
import type { LibraryWriteTransaction } from '../libraries/library.ts';
import { undoRows } from '../history/undo-rows.ts';
import { SearchLibrary } from '../testing/search-fixture.ts';
import type { WriteTask } from '../write-task.ts';
import { addItems, deleteCollection, moveItems, removeItems } from './changing-items.ts';
import { createCollection } from './collection-rows.ts';
import type { ItemPlace } from './order.ts';

const ITEMS = 12;
const someItems = fc.uniqueArray(fc.integer({ min: 1, max: ITEMS }), { minLength: 1, maxLength: 5 });
const somewhere = fc.oneof(
  fc.constantFrom('start' as const, 'end' as const),
  fc.record({ side: fc.constantFrom('before' as const, 'after' as const), nth: fc.nat({ max: ITEMS }) }),
);
const changes = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('add' as const), items: someItems, place: somewhere }),
    fc.record({ do: fc.constant('remove' as const), items: someItems }),
    fc.record({ do: fc.constant('move' as const), items: someItems, place: somewhere }),
    fc.record({ do: fc.constant('undo' as const) }),
  ),
  { maxLength: 25 },
);
type Somewhere = 'start' | 'end' | { side: 'before' | 'after'; nth: number };

/** A collection, and the list it has to be like. */
class Both {
  readonly library = new SearchLibrary();
  readonly #collection: number;
  readonly #done: { receipt: string; before: number[] }[] = [];
  readonly #newIds = idSource({ now: () => 1 }, { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) });
  #receipts = 0;
  list: number[] = [];

  constructor() {
    const { library } = this;
    const root = library.addLocation('/nowhere');
    const [first = 0] = library.add(
      ...Array.from({ length: ITEMS }, (_, at) => ({ parent: root, name: `file ${at}` })),
    );
    this.first = first;
    this.#collection = library.write((tx) => createCollection(tx, { name: 'all' }, new Uint8Array(16), 1)).id;
  }
  readonly first: number;

  run<I, O>(task: WriteTask<I, O>, input: I, then: number[]): void {
    const receipt = this.#write(task, input);
    if (changesOf(this.library.world.db, receipt).length > 0) this.#done.push({ receipt, before: this.list });
    this.list = then;
  }

  undo(): void {
    const last = this.#done.pop();
    if (!last) return;
    this.#write(undoRows, { receipt: last.receipt });
    this.list = last.before;
  }

  items(numbers: readonly number[]) {
    return {
      collection: this.#collection,
      items: numbers.map((number) => ({ scope: 0, id: this.first + number - 1 })),
    };
  }

  /** A place in the list, and where that is without what moves; `undefined` beside one of these. */
  place(where: Somewhere, moving: readonly number[]): { place: ItemPlace; at: number } | undefined {
    const staying = this.list.filter((number) => !moving.includes(number));
    if (where === 'start' || staying.length === 0) return { place: 'start', at: 0 };
    if (where === 'end') return { place: 'end', at: staying.length };
    const at = where.nth % staying.length;
    const item = this.items([staying[at] ?? 0]).items[0];
    return item && { place: { side: where.side, item }, at: where.side === 'before' ? at : at + 1 };
  }

  check(): void {
    const rows = itemsOf(this.library.world.db, this.#collection);
    assert.deepEqual(
      rows.map(({ target_id: id }) => id - this.first + 1),
      this.list,
    );
  }

  longest(): number {
    const rows = itemsOf(this.library.world.db, this.#collection);
    return Math.max(...rows.map(({ position }) => position.length));
  }

  remove(): void {
    this.#write(deleteCollection, { collection: this.#collection });
    this.undoable = itemsOf(this.library.world.db, this.#collection).length;
    this.library.close();
  }
  undoable = 0;

  #write<I, O>(task: WriteTask<I, O>, input: I): string {
    const receipt = `receipt ${++this.#receipts}`;
    const around = { deviceId: new Uint8Array(16), newIds: this.#newIds, now: 1 };
    this.library.writeAs({ receipt, operation: task.name, client: 'test', input: null }, (tx) =>
      task.write(Object.assign(tx, { emit() {} }) as LibraryWriteTransaction, input, around),
    );
    return receipt;
  }
}

test('whatever is added, taken out, moved and undone, the order is that of a list', () => {
  fc.assert(
    fc.property(changes, (all) => {
      const both = new Both();
      try {
        for (const change of all) {
          apply(both, change);
          both.check();
        }
      } finally {
        both.remove();
      }
      assert.equal(both.undoable, 0, 'with a collection its items go');
    }),
    { numRuns: 40 },
  );
});

type Change = (typeof changes extends fc.Arbitrary<infer All> ? All : never)[number];

function apply(both: Both, change: Change): void {
  const { list } = both;
  if (change.do === 'undo') return both.undo();
  if (change.do === 'remove') {
    const then = list.filter((number) => !change.items.includes(number));
    return both.run(removeItems, both.items(change.items), then);
  }
  const moving = change.do === 'move' ? change.items.filter((number) => list.includes(number)) : [];
  const coming = change.do === 'add' ? change.items.filter((number) => !list.includes(number)) : moving;
  const where = both.place(change.place, moving);
  if (!where || (change.do === 'move' && moving.length === 0)) return;
  const staying = list.filter((number) => !moving.includes(number));
  const then = staying.toSpliced(where.at, 0, ...coming);
  if (change.do === 'add') both.run(addItems, { ...both.items(change.items), place: where.place }, then);
  else both.run(moveItems, { ...both.items(moving), place: where.place }, then);
}

test('things put between the same two over and over get short positions again', () => {
  const both = new Both();
  both.run(addItems, { ...both.items([1, 2, 3]), place: 'end' }, [1, 2, 3]);
  for (let time = 0; time < 1_500; time++) {
    const [last = 0] = both.list.slice(1, 2);
    const before = both.items([last === 2 ? 3 : 2]).items[0];
    const after = both.list.filter((number) => number !== last);
    const at = after.indexOf(last === 2 ? 3 : 2);
    if (before)
      both.run(
        moveItems,
        { ...both.items([last]), place: { side: 'after', item: before } },
        after.toSpliced(at + 1, 0, last),
      );
  }
  both.check();
  assert.ok(both.longest() < 250, `a position has ${both.longest()} characters`);
  both.remove();
});
