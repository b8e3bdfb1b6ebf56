import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { migrations } from '../db/library/migrations/index.ts';
import { migrate } from '../db/migrate.ts';
import { contentUuid, uuidToText } from '../domain/ids.ts';
import { KIND_CODES } from '../domain/kinds.ts';
import { type JobContext } from '../jobs/kind.ts';
import { makeSidecars } from '../jobs/kinds/sidecars/make.ts';
import { dataFolder } from '../testing/library-fixture.ts';
import { makingPlan } from './making-plan.ts';
import { MAKING_BEGIN, type MakingBegin, type MakingScope } from './making-protocol.ts';

const uuidOf = (id: number): string => uuidToText(contentUuid(new Uint8Array(32).fill(id)));

test('contents that were named are looked up where the work is done, in the order of their ids', (context) => {
  const db = nodeSqlite.open({ path: `${dataFolder(context)}/a.db`, mode: 'create' });
  context.after(() => db.close());
  migrate(db, migrations);
  for (const id of [1, 2, 3])
    db.prepare('INSERT INTO contents (id, hash, size, kind) VALUES (?, ?, 1, ?)').run(
      id,
      new Uint8Array(32).fill(id),
      KIND_CODES.image,
    );
  const planned = (contents: string[], after = 0): number[] => {
    const begin = { scope: { contents }, state: { ...MAKING_BEGIN, after, revision: 0 }, tools: [] };
    return [...makingPlan(db, begin as unknown as MakingBegin).ids];
  };
  assert.deepEqual(planned([uuidOf(3), uuidOf(9), uuidOf(1), uuidOf(3)]), [1, 3]);
  assert.deepEqual(planned([uuidOf(3), uuidOf(1)], 1), [3]);
});

test('the job hands thousands of names on, and asks the index for none of them itself', async () => {
  const contents = Array.from({ length: 10_000 }, (_, at) => uuidOf(at % 200));
  let handed: MakingScope | undefined;
  const kind = makeSidecars({
    sidecars: { make: async ({ scope, state }) => ((handed = scope), { state, finished: true }) },
    whileFilling: (_library, work) => work(),
  });
  const library = {
    id: 'library',
    get db(): never {
      return assert.fail('the main thread answers everyone meanwhile');
    },
  };
  await kind.run(
    { input: { contents }, library, signal: new AbortController().signal } as unknown as JobContext,
    MAKING_BEGIN,
  );
  assert.deepEqual(handed?.contents, contents);
});
