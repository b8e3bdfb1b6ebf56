import assert from 'node:assert/strict';
import { linkSync, mkdirSync, readFileSync, readdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { nodeUserFiles } from '@sd/platform-node/user-files/user-files.ts';
import fc from 'fast-check';
import type { KeepRule } from '../src/domain/keep-rules.ts';
import { inlineWorkers } from '../src/testing/inline-workers.ts';
import { type TestCore, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { ownTrash } from '../src/testing/own-trash.ts';

const RUNS = Number(process.env['SD_FUZZ'] ?? 12);

interface File {
  /** Which of two locations. */
  readonly location: number;
  readonly content: number;
  readonly days: number;
  /** Another name of the file before it, where that has the same content. */
  readonly linked: boolean;
  /** Changed behind the index's back, under the same size and time. */
  readonly twisted: boolean;
}

const files = fc.array(
  fc.record({
    location: fc.nat({ max: 1 }),
    content: fc.nat({ max: 2 }),
    days: fc.nat({ max: 3 }),
    linked: fc.boolean(),
    twisted: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
  }),
  { minLength: 2, maxLength: 9 },
);
const rules = fc.uniqueArray(fc.constantFrom<KeepRule | 'one'>('oldest', 'newest', 'shortest_path', 'tagged', 'one'), {
  maxLength: 3,
});
const wishes = fc.record({
  files,
  rules,
  by: fc.constantFrom('trash' as const, 'hard_link' as const),
  away: fc.boolean(),
  verify: fc.boolean(),
  countOffline: fc.boolean(),
});

const contentOf = ({ content }: File): string => `content ${content} `.repeat(20);

/** What files hold, each once. */
function held(...folders: readonly string[]): Set<string> {
  const all = folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
  );
  return new Set(all);
}

function write(folder: string, all: readonly File[]): void {
  all.forEach((file, at) => {
    const place = join(folder, `location ${file.location}`);
    mkdirSync(place, { recursive: true });
    const path = join(place, `file ${at}`);
    const before = all[at - 1];
    if (file.linked && before?.content === file.content)
      return linkSync(join(folder, `location ${before.location}`, `file ${at - 1}`), path);
    writeFileSync(path, contentOf(file));
    const time = new Date(Date.UTC(2026, 0, 1 + file.days));
    utimesSync(path, time, time);
  });
}

/** Another byte, as a failing disk would have it: neither size nor time tells. */
function twist(folder: string, all: readonly File[]): void {
  all.forEach((file, at) => {
    if (!file.twisted) return;
    const path = join(folder, `location ${file.location}`, `file ${at}`);
    writeFileSync(path, contentOf(file).toUpperCase());
    const time = new Date(Date.UTC(2026, 0, 1 + file.days));
    utimesSync(path, time, time);
  });
}

test('whatever copies, links, rules and disks there are: what there was, there still is', async (context) => {
  ownTrash(context);
  const core = await openTestCore(context, {
    watching: { limit: 0 },
    // Threads that start and end for each scan take ten times as long as all that is looked at here.
    platform: (platform) => ({
      ...platform,
      workers: inlineWorkers(platform, { userFiles: async () => nodeUserFiles }),
    }),
  });
  await fc.assert(
    fc.asyncProperty(wishes, (wish) => holds(context, core, wish)),
    { numRuns: RUNS },
  );
});

type Wish = typeof wishes extends fc.Arbitrary<infer One> ? One : never;

async function holds(context: TestContext, core: TestCore, wish: Wish): Promise<void> {
  const { client } = core;
  const folder = temporaryFolder(context);
  const places = [0, 1].map((at) => join(folder, `location ${at}`));
  places.forEach((place) => mkdirSync(place));
  write(folder, wish.files);
  const locations: string[] = [];
  for (const place of places) locations.push((await core.index(place)).location.id);
  if (wish.verify) await core.completed((await client.call('action:content.verify_duplicates', {})).result.job);
  twist(folder, wish.files);
  // The disk of the second one is taken away.
  const gone = join(folder, 'taken away');
  if (wish.away) renameSync(places[1] ?? '', gone);
  const there = wish.away ? [places[0] ?? ''] : places;
  const before = held(...there);

  const countOffline = wish.countOffline && wish.by === 'trash';
  const { result } = await client.call('action:content.dedupe', {
    keep: wish.rules.map((rule): KeepRule => (rule === 'one' ? { location: locations[1] ?? '' } : rule)),
    by: wish.by,
    count_offline: countOffline,
  });
  // Steps whose files are not the same fail, and all the others are done.
  const done = core.completed(result.job);
  await (wish.files.some(({ twisted }) => twisted) ? done.catch(() => {}) : done);
  const after = held(...there, ...(countOffline && wish.away ? [gone] : []));
  for (const bytes of before) assert.ok(after.has(bytes), `the last ${JSON.stringify(bytes.slice(0, 10))} is gone`);
  if (!wish.away && wish.by === 'trash' && wish.files.every(({ twisted, linked }) => !twisted && !linked))
    assert.equal(
      readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length,
      before.size,
    );

  for (const location of locations) await client.call('action:locations.remove', { location });
  if (wish.away) renameSync(gone, places[1] ?? '');
}
