import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { updateLocation } from '../db/library/locations.ts';
import { writeState } from '../db/library/write-state.ts';
import { type ChangeCounts, NO_CHANGES, changesSinceSchema } from '../domain/scan.ts';
import type { Log } from '../ports/log.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { temporaryFolder } from '../testing/open-test-core.ts';
import { ScanBench } from '../testing/scan-bench.ts';
import { ChangeCounter } from './change-counter.ts';

async function counted(t: TestContext) {
  const folder = temporaryFolder(t);
  for (const name of ['data', 'place']) mkdirSync(`${folder}/${name}`);
  const bench = new ScanBench(`${folder}/data`);
  t.after(() => bench.close());
  const location = await bench.add(`${folder}/place`);
  const { library } = bench;
  const zero = JSON.stringify({ ...NO_CHANGES, at: 1 });
  await library.write((tx) => updateLocation(tx, bench.location(location).id, { changes_since: zero }));
  const clock = new ManualClock();
  const said: string[] = [];
  const log: Partial<Log> = { debug: (message) => void said.push(message) };
  const counter = new ChangeCounter({ clock, log: log as Log });
  return {
    library,
    clock,
    counter,
    said,
    count: (changes: Partial<ChangeCounts>) => counter.count(library, location, { ...NO_CHANGES, ...changes }),
    now: () => changesSinceSchema.parse(JSON.parse(bench.location(location).changes_since ?? '')),
    revision: () => writeState(library.db).revision,
  };
}

test('a hundred passes are one write, two seconds after the first of them', async (t) => {
  const { library, clock, counter, count, now, revision } = await counted(t);
  const before = revision();
  for (let pass = 0; pass < 100; pass++) {
    count({ modified: 1 });
    clock.pass(10);
  }
  assert.deepEqual([now().modified, revision()], [0, before]);
  clock.pass(1_000);
  // With nothing left to write it waits for what is being written.
  await counter.write(library);
  assert.deepEqual([now().modified, revision(), clock.timers], [100, before + 1, 0]);
});

test('whoever reads the count, or closes the library, has it written first', async (t) => {
  const { library, clock, counter, count, now } = await counted(t);
  count({ added: 2 });
  await counter.write(library);
  assert.deepEqual([now().added, clock.timers], [2, 0]);
  count({ removed: 1 });
  await counter.end(library);
  assert.deepEqual([now().added, now().removed, clock.timers], [2, 1, 0]);
});

test('a count that cannot be written is lost, and said in the log alone', async (t) => {
  const { library, counter, count, said } = await counted(t);
  count({ added: 1 });
  await library.close();
  await counter.end(library);
  assert.equal(said.length, 1);
});
