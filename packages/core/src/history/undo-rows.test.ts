import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import fc from 'fast-check';
import { findHistory } from '../db/library/history.ts';
import { lastToUndo } from '../db/library/history-list.ts';
import { METADATA } from '../db/library/metadata.ts';
import { migrations } from '../db/library/migrations/index.ts';
import { type UserRow, deleteUserRow, putUserRow } from '../db/library/user-rows.ts';
import { migrate } from '../db/migrate.ts';
import { type AuditNote, writeTransaction } from '../db/write.ts';
import { SdError } from '../errors.ts';
import type { LibraryWriteTransaction } from '../libraries/library.ts';
import type { Connection } from '../ports/sqlite.ts';
import { dataFolder } from '../testing/library-fixture.ts';
import { actionToUndo, undoToRedo } from './chosen-action.ts';
import { undoRows } from './undo-rows.ts';

/** More, and other ones, with SD_FUZZ=2000. */
const RUNS = Number(process.env['SD_FUZZ'] ?? 75);
const ENVIRONMENT = { deviceId: new Uint8Array(16).fill(3), now: () => 1_000 };
const TARGETS = 6;

function library(context: TestContext): Connection {
  const at = { path: `${dataFolder(context)}/library.db`, key: new Uint8Array(32).fill(1) };
  const connection = nodeSqlite.open({ ...at, mode: 'create' });
  migrate(connection, migrations);
  context.after(() => connection.close());
  return connection;
}

const rowOf = (target: number, rating: number): UserRow => ({
  scope: 1,
  target_id: target,
  favorite: null,
  rating,
  hidden: null,
  note: null,
  fields: null,
  changed_at: 5,
});

/** A rating for a target, or none. */
type Said = readonly [target: number, rating: number | undefined];
const anySaid = fc.tuple(
  fc.integer({ min: 1, max: TARGETS }),
  fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
);
const anyStep = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('act' as const),
      said: fc.array(anySaid, { maxLength: 4 }),
      writes: fc.integer({ min: 1, max: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('other' as const),
      said: fc.array(anySaid, { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('undo' as const, 'redo' as const),
      which: fc.option(fc.nat({ max: 20 }), { nil: undefined }),
    }),
  },
);

type Ratings = Map<number, number>;
interface Action {
  readonly receipt: string;
  /** Ratings before and after, of what it changed. */
  readonly net: Map<number, readonly [before: number | undefined, after: number | undefined]>;
  undoneBy: string | undefined;
}

test('whatever is done, undone, redone and written in between, what is there is what a simple model says', (context) => {
  const connection = library(context);
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 3, maxLength: 25 }), (steps) => {
      connection.exec('DELETE FROM history; DELETE FROM metadata');
      const run = new Run(connection);
      for (const step of steps) {
        if (step.does === 'act') run.act(step.said, step.writes);
        else if (step.does === 'other') run.other(step.said);
        else run.take(step.does, step.which);
        assert.deepEqual(stored(connection), run.ratings);
      }
    }),
    { numRuns: RUNS },
  );
});

class Run {
  readonly ratings: Ratings = new Map();
  readonly #db: Connection;
  readonly #actions: Action[] = [];
  #next = 0;

  constructor(db: Connection) {
    this.#db = db;
  }

  act(said: readonly Said[], writes: number): void {
    const receipt = `action ${++this.#next}`;
    const before = new Map(this.ratings);
    for (let write = 0; write < writes; write++)
      this.#write(
        receipt,
        said.filter((_, at) => at % writes === write),
      );
    const net: Action['net'] = new Map();
    for (const [target] of said) {
      const [was, is] = [before.get(target), this.ratings.get(target)];
      if (was !== is) net.set(target, [was, is]);
    }
    const written = findHistory(this.#db, receipt);
    assert.equal(written?.items ?? 0, net.size);
    if (net.size > 0) this.#actions.push({ receipt, net, undoneBy: undefined });
  }

  other(said: readonly Said[]): void {
    this.#write(undefined, said);
  }

  take(back: 'undo' | 'redo', which: number | undefined): void {
    const named = which === undefined ? undefined : this.#actions[which % Math.max(this.#actions.length, 1)];
    const before = new Map(this.ratings);
    const receipt = `${back} ${++this.#next}`;
    try {
      const choose = back === 'undo' ? actionToUndo : undoToRedo;
      const { receipt: taken } = choose(this.#db, named?.receipt);
      const action = this.#actions.find((one) => one.receipt === taken || one.undoneBy === taken);
      assert.ok(action);
      assert.equal(action.undoneBy === undefined, back === 'undo');
      const fits = [...action.net].every(([target, [was, is]]) => before.get(target) === (back === 'undo' ? is : was));
      try {
        writeTransaction(this.#db, ENVIRONMENT, note(receipt), (tx) =>
          undoRows.write(Object.assign(tx, { emit: () => {} }) as LibraryWriteTransaction, { receipt: taken }),
        );
      } catch (error) {
        assert.ok(error instanceof SdError && error.code === 'CHANGED_SINCE', String(error));
        assert.equal(fits, false, 'refused only where something has changed since');
        assert.equal(findHistory(this.#db, receipt), undefined, 'nothing is half undone');
        return;
      }
      assert.ok(fits);
      for (const [target, [was, is]] of action.net) set(this.ratings, target, back === 'undo' ? was : is);
      action.undoneBy = back === 'undo' ? receipt : undefined;
    } catch (error) {
      if (!(error instanceof SdError)) throw error;
      assert.ok(error.code === 'NOT_FOUND' || error.code === 'CONFLICT', error.message);
      if (named) assert.equal(named.undoneBy === undefined, back === 'redo', 'it was taken back already, or was not');
      else if (back === 'undo') assert.ok(this.#actions.every(({ undoneBy }) => undoneBy !== undefined));
    }
    const holds = this.#actions.findLast(({ undoneBy }) => undoneBy === undefined);
    assert.equal(lastToUndo(this.#db)?.receipt, holds?.receipt);
  }

  #write(receipt: string | undefined, said: readonly Said[]): void {
    writeTransaction(this.#db, ENVIRONMENT, receipt === undefined ? undefined : note(receipt), (tx) => {
      for (const [target, rating] of said) {
        if (rating === undefined) deleteUserRow(tx, METADATA, { scope: 1, target_id: target });
        else putUserRow(tx, METADATA, rowOf(target, rating));
        set(this.ratings, target, rating);
      }
    });
  }
}

function note(receipt: string): AuditNote {
  return { receipt, operation: 'test.act', client: 'test', input: null };
}
function set(ratings: Ratings, target: number, rating: number | undefined): void {
  if (rating === undefined) ratings.delete(target);
  else ratings.set(target, rating);
}
function stored(db: Connection): Ratings {
  const rows = db.prepare<{ target_id: number; rating: number }>('SELECT target_id, rating FROM metadata').all();
  return new Map(rows.map(({ target_id: target, rating }) => [target, rating]));
}
