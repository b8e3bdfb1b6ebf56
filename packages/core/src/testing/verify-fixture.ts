import { closeSync, openSync, statSync, utimesSync, writeSync } from 'node:fs';
import { nodeHashing } from '@sd/platform-node/hashing.ts';
import { WholeFileHasher } from '../hashing/hash-whole-file.ts';
import { IndexTurns } from '../indexing/index-turn.ts';
import { compileRules } from '../indexing/rules/compile.ts';
import { type JobContext } from '../jobs/kind.ts';
import { verifyLocation } from '../jobs/kinds/locations/verify.ts';
import { presenceOf } from '../locations/presence.ts';
import { beginVerification } from '../verifying/protocol.ts';
import type { LocationReport } from '../verifying/report.ts';
import { VerifyRun } from '../verifying/verify-run.ts';
import type { ScanBench } from './scan-bench.ts';

export interface VerifyOptions {
  readonly content?: boolean;
  readonly repair?: boolean;
  /** Entry of the only folder to look at. */
  readonly within?: number;
}

/** Runs the job that verifies a location, with nobody who watches it; a repair's scan has ended when it answers. */
export async function verified(
  bench: ScanBench,
  location: string,
  options: VerifyOptions = {},
): Promise<LocationReport> {
  const { platform, library } = bench;
  const { content = false, repair = false, within } = options;
  const kind = verifyLocation({
    presenceOf: async (place) => presenceOf(place, platform.files),
    turns: new IndexTurns(),
    clock: platform.clock,
    settled: async () => {},
    verifyLocation: async (task) => {
      const hashing = nodeHashing();
      let state = task.state;
      const run = new VerifyRun(
        { ...task, stop: new SharedArrayBuffer(4) },
        {
          db: library.db,
          files: platform.files,
          hashing,
          rules: compileRules(task.rules, task.root.path, platform.files),
          whole: new WholeFileHasher(platform.files, hashing),
          now: () => platform.clock.monotonic(),
          stopped: () => task.signal.aborted,
          progress: task.onProgress,
          saved: (saved) => task.onSaved((state = saved), undefined),
        },
      );
      return { finished: run.run(), state };
    },
    async rescan(_library, { id }, full) {
      await bench.scan(id, { full });
      return RESCAN;
    },
  });
  const { signal } = new AbortController();
  const input = { location, content, repair, ...(within === undefined ? {} : { within }) };
  const context = {
    id: RESCAN,
    input,
    library,
    signal,
    log: platform.log,
    priority: () => 'normal',
    stopping: () => false,
    progress() {},
    checkpoint() {},
  };
  return (await kind.run(context as unknown as JobContext, beginVerification())) as LocationReport;
}

const RESCAN = '0193a5b0-0000-7000-8000-00000000000a';

/** The counts alone. */
export function counted({ missing, unindexed, changed, folder_times, unreadable, corrupt }: LocationReport) {
  return { missing, unindexed, changed, folder_times, unreadable, corrupt };
}

export const NOTHING_DIFFERS = { missing: 0, unindexed: 0, changed: 0, folder_times: 0, unreadable: 0, corrupt: 0 };

/** Turns over one byte of a file and leaves its times as they were, as a failing disk does. */
export function decay(path: string, at = 0): void {
  const { atimeMs, mtimeMs } = statSync(path);
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.from([0xff]), 0, 1, at);
  closeSync(file);
  utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
}
