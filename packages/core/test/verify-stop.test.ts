import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { IndexTurns } from '../src/indexing/index-turn.ts';
import { ScanBench } from '../src/testing/scan-bench.ts';
import { beginVerification } from '../src/verifying/protocol.ts';
import { type JobContext, JobStopped } from '../src/jobs/kind.ts';
import { verifyLocation } from '../src/jobs/kinds/locations/verify.ts';

test('a repair that waits for a scan to end can be stopped', { timeout: 120_000 }, async (context) => {
  const folder = mkdtempSync(`${tmpdir()}/sd-verify-kind-`);
  writeFileSync(`${folder}/a`, 'a');
  const bench = new ScanBench(folder);
  context.after(async () => {
    await bench.close();
    rmSync(folder, { recursive: true });
  });
  const location = await bench.add(folder);
  const [turns, stop] = [new IndexTurns(), new AbortController()];
  const end = await turns.take(bench.library.id);
  const kind = verifyLocation({
    presenceOf: async () => 'online',
    verifyLocation: async () => ({ state: { ...beginVerification(), phase: 'done' }, finished: true }),
    turns,
    clock: bench.platform.clock,
    settled: async () => {},
    rescan: async () => assert.fail('nothing is repaired'),
  });
  const job = {
    input: { location, content: false, repair: true },
    library: bench.library,
    signal: stop.signal,
    stopping: () => stop.signal.aborted,
    progress: () => queueMicrotask(() => stop.abort()),
    checkpoint() {
      throw new JobStopped();
    },
  };
  await assert.rejects(kind.run(job as unknown as JobContext, beginVerification()), JobStopped);
  end?.();
});
