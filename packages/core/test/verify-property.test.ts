import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { nodeHashing } from '@sd/platform-node/hashing.ts';
import fc from 'fast-check';
import { type LocationRules, locationRulesSchema } from '../src/domain/location.ts';
import { nameOfStored, FOLDER } from '../src/domain/entry.ts';
import { WholeFileHasher } from '../src/hashing/hash-whole-file.ts';
import { compileRules } from '../src/indexing/rules/compile.ts';
import { pack, unpack } from '../src/jobs/codec.ts';
import { type EntryPicture, indexPicture } from '../src/testing/index-picture.ts';
import { temporaryFolder } from '../src/testing/open-test-core.ts';
import { RandomTree, anyEdit } from '../src/testing/random-tree.ts';
import { ScanBench } from '../src/testing/scan-bench.ts';
import { type VerifyLocationState, beginVerification } from '../src/verifying/protocol.ts';
import { VerifyRun } from '../src/verifying/verify-run.ts';

/** More, and other ones, with SD_FUZZ=500. */
const RUNS = Number(process.env['SD_FUZZ'] ?? 20);

const anyHistory = fc.record({
  begin: fc.array(anyEdit, { minLength: 5, maxLength: 40 }),
  edits: fc.array(anyEdit, { maxLength: 15 }),
  rules: fc.constantFrom<Partial<LocationRules>[]>({}, { hidden: true }, { exclude: ['*.txt', 'b/'] }),
  content: fc.boolean(),
  /** It is stopped so often, after so many questions whether to. */
  stops: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 4 }),
});

test('whatever was edited unseen, and however often it was stopped, the report is the true difference', async (t) => {
  const folder = temporaryFolder(t);
  let run = 0;
  await fc.assert(
    fc.asyncProperty(anyHistory, async ({ begin, edits, rules, content, stops }) => {
      const place = `${folder}/${++run}`;
      mkdirSync(`${place}/fresh`, { recursive: true });
      const tree = new RandomTree(place);
      const bench = new ScanBench(place);
      const fresh = new ScanBench(`${place}/fresh`);
      try {
        tree.apply(begin);
        const location = await bench.add(tree.path, 'content', rules);
        await bench.scan(location);
        tree.apply(edits);
        const again = await fresh.add(tree.path, 'content', rules);
        await fresh.scan(again);
        const before = indexPicture(bench.library.db, bench.location(location).root_entry_id).entries;
        const after = indexPicture(fresh.library.db, fresh.location(again).root_entry_id).entries;

        let state = beginVerification();
        for (const stop of stops) state = verify(bench, location, { content, state, stop }).state;
        const end = verify(bench, location, { content, state, stop: Infinity });
        assert.equal(end.finished, true);
        const { missing, unindexed, changed, folder_times, unreadable, corrupt } = end.state.found;
        assert.deepEqual({ missing, unindexed, changed, folder_times }, difference(before, after));
        assert.deepEqual([unreadable, corrupt], [0, 0]);
        if (content) {
          const files = [...before].filter(
            // Another name more or less says nothing of the content.
            ([path, entry]) =>
              entry.content !== null && same({ ...entry, links: after.get(path)?.links ?? 0 }, after.get(path)),
          );
          assert.equal(end.state.contents.files, files.length);
        }
        const nothing = verify(fresh, again, { content, state: beginVerification(), stop: Infinity });
        assert.deepEqual(difference(after, after), pick(nothing.state));
      } finally {
        await bench.close();
        await fresh.close();
        tree.remove();
      }
    }),
    { numRuns: RUNS, ...(process.env['SD_SEED'] ? { seed: Number(process.env['SD_SEED']) } : {}) },
  );
});

function pick({ found: { missing, unindexed, changed, folder_times } }: VerifyLocationState) {
  return { missing, unindexed, changed, folder_times };
}

function difference(before: ReadonlyMap<string, EntryPicture>, after: ReadonlyMap<string, EntryPicture>) {
  const counts = { missing: 0, unindexed: 0, changed: 0, folder_times: 0 };
  for (const [path, old] of before) {
    const now = after.get(path);
    // The location's own folder is none of its entries.
    if (path === '') continue;
    if (!now) counts.missing++;
    else if (!same(old, now)) {
      const onlyTime = old.type === FOLDER && same({ ...old, mtime: now.mtime }, now);
      counts[onlyTime ? 'folder_times' : 'changed']++;
    }
  }
  for (const path of after.keys()) if (!before.has(path)) counts.unindexed++;
  return counts;
}

function same(a: EntryPicture, b: EntryPicture | undefined): boolean {
  return (['type', 'size', 'mtime', 'inode', 'links'] as const).every((fact) => a[fact] === b?.[fact]);
}

/** One attempt, from a state that went through a checkpoint. */
function verify(
  bench: ScanBench,
  location: string,
  { content, state, stop }: { content: boolean; state: VerifyLocationState; stop: number },
): { state: VerifyLocationState; finished: boolean } {
  const { library, platform } = bench;
  const row = bench.location(location);
  const rules = locationRulesSchema.parse(JSON.parse(row.rules));
  const root = { id: row.root_entry_id, path: nameOfStored(row.path) };
  const hashing = nodeHashing();
  let saved = state;
  let asked = 0;
  const run = new VerifyRun(
    {
      library: library.access,
      root,
      within: undefined,
      rules,
      content,
      state: unpack(pack(state)) as VerifyLocationState,
      stop: new SharedArrayBuffer(4),
    },
    {
      db: library.db,
      files: platform.files,
      hashing,
      rules: compileRules(rules, root.path, platform.files),
      whole: new WholeFileHasher(platform.files, hashing),
      now: () => 0,
      stopped: () => ++asked > stop,
      progress: () => {},
      saved: (kept) => (saved = structuredClone(kept)),
    },
  );
  const finished = run.run();
  // It left off only so that the index can settle, which nobody watches.
  if (!finished && asked <= stop) return verify(bench, location, { content, state: saved, stop: stop - asked });
  return { state: saved, finished };
}
