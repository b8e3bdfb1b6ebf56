import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { migrations } from '../db/library/migrations/index.ts';
import { migrate } from '../db/migrate.ts';
import { KIND_CODES } from '../domain/kinds.ts';
import { dataFolder } from '../testing/library-fixture.ts';
import type { Connection } from '../ports/sqlite.ts';
import { UNPACED } from '../pace.ts';
import { MAKING_BEGIN, type MakingAnswer, type MakingState } from './making-protocol.ts';
import { MakingRun } from './making-run.ts';
import type { ReadableCopies } from './readable-copy.ts';
import type { SidecarStore, StoredContent } from './sidecar-store.ts';

const READ = { type: 'read', outcome: { problems: [] } } as const;

/** A library's contents, and what was stored of them: what is only added is lost where it was not flushed. */
function world(db: Connection, count: number) {
  db.exec('DELETE FROM contents; DELETE FROM sidecars');
  for (let id = 1; id <= count; id++)
    db.prepare('INSERT INTO contents (id, hash, size, kind) VALUES (?, ?, 1, ?)').run(
      id,
      new Uint8Array(32).fill(id),
      KIND_CODES.image,
    );
  const stored = new Map<number, number>();
  let added: number[] = [];
  const store = {
    add: ({ id }: StoredContent) => void added.push(id),
    flush: () => {
      for (const id of added) {
        stored.set(id, (stored.get(id) ?? 0) + 1);
        for (const kind of ['facts', 'thumbnail_256', 'thumbnail_1024'])
          db.prepare("INSERT OR REPLACE INTO sidecars VALUES (?, ?, 1, 'none', 0, NULL, 0)").run(id, kind);
      }
      added = [];
    },
  } as unknown as SidecarStore;
  const copies = {
    find: (id: number) => ({ type: 'copy', copy: { path: `/${id}`, name: `${id}`, size: 1, mtime: 0 } }),
    changed: () => undefined,
  } as unknown as ReadableCopies;
  /** What was not flushed is gone, as in a crash. */
  const crash = (): void => void (added = []);
  return { store, copies, stored, crash };
}

test('whatever order files come in, and wherever it is stopped or cut off, every content is stored once and none is lost', (context) => {
  const db = nodeSqlite.open({ path: `${dataFolder(context)}/a.db`, mode: 'create' });
  context.after(() => db.close());
  migrate(db, migrations);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 25 }),
      fc.array(
        fc.record({
          pick: fc.nat(),
          what: fc.constantFrom('settle', 'settle', 'settle', 'settle', 'stop', 'crash'),
          wait: fc.nat(800),
        }),
        { maxLength: 200 },
      ),
      (count, steps) => {
        const { store, copies, stored, crash } = world(db, count);
        let now = 0;
        let saved: MakingState = MAKING_BEGIN;
        let flying: number[] = [];
        let finished = false;
        const begin = (): MakingRun => {
          flying = [];
          const after = saved.after;
          const run = new MakingRun(
            {
              db,
              store,
              copies,
              pace: UNPACED,
              ids: Float64Array.from({ length: count }, (_, at) => at + 1).filter((id) => id > after),
              locations: undefined,
              kinds: undefined,
              retry: false,
              tools: [],
              isThere: () => true,
              stopping: () => false,
              now: () => now,
              post: (answer: MakingAnswer) => {
                if (answer.type === 'file') flying.push(answer.file.content);
                if (answer.type === 'saved') saved = answer.state;
                if (answer.type === 'end') finished = answer.finished;
              },
            },
            saved,
          );
          run.go(3);
          return run;
        };
        let run = begin();
        for (const { pick, what, wait } of steps) {
          now += wait;
          if (finished) break;
          if (what === 'settle' && flying.length > 0) {
            const [id] = flying.splice(pick % flying.length, 1);
            run.settle(id ?? 0, READ, 3);
          } else if (what !== 'settle') {
            if (what === 'stop') run.stop();
            else crash();
            run = begin();
          }
          for (let id = 1; id <= saved.after; id++) assert.ok(stored.has(id), `${id} is passed and not stored`);
        }
        for (let id = flying.shift(); id !== undefined; id = flying.shift()) run.settle(id, READ, 3);
        assert.ok(finished);
        assert.deepEqual(
          [...stored.keys()].sort((a, b) => a - b),
          Array.from({ length: count }, (_, at) => at + 1),
        );
        assert.deepEqual([...new Set(stored.values())], [1]);
      },
    ),
    { numRuns: 200 },
  );
});
