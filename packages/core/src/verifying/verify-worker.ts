import { toPlainError } from '../errors.ts';
import type { WholeFileHasher } from '../hashing/hash-whole-file.ts';
import type { compileRules } from '../indexing/rules/compile.ts';
import type { Hashing, ReadFiles, ThreadPlatform, WorkerPort } from '../platform.ts';
import type { VerifyLocationAnswer, VerifyLocationRequest } from './protocol.ts';
import { VerifyRun } from './verify-run.ts';

/** What other services do for a verification. */
export interface VerifyHelp {
  readonly compileRules: typeof compileRules;
  wholeFileHasher(files: ReadFiles, hashing: Hashing): WholeFileHasher;
}

/** It goes through the rows folder by folder, in their order. */
const CACHE_KIB = 4 * 1024;
const PROGRESS_INTERVAL_MS = 100;

/** The thread that compares disk and index: runs the one request it is sent. */
export function locationVerifierRole({ compileRules, wholeFileHasher }: VerifyHelp) {
  return (platform: ThreadPlatform, port: WorkerPort): void => {
    const post = (answer: VerifyLocationAnswer): void => port.post(answer);
    port.onMessage((message) => {
      try {
        verify(message as VerifyLocationRequest);
      } catch (error) {
        post({ type: 'failed', error: toPlainError(error) });
      }
    });

    function verify(request: VerifyLocationRequest): void {
      const { library, root, rules } = request;
      const { files, hashing, clock } = platform;
      const db = platform.sqlite.open({
        path: library.databasePath,
        key: library.key,
        mode: 'read',
        cacheKiB: CACHE_KIB,
      });
      const stop = new Int32Array(request.stop);
      let state = request.state;
      let shownAt = Number.NEGATIVE_INFINITY;
      try {
        const run = new VerifyRun(request, {
          db,
          files,
          hashing,
          rules: compileRules(rules, root.path, files, library.dataFolder),
          whole: wholeFileHasher(files, hashing),
          now: () => clock.monotonic(),
          stopped: () => Atomics.load(stop, 0) !== 0,
          progress(progress) {
            if (clock.monotonic() - shownAt < PROGRESS_INTERVAL_MS) return;
            shownAt = clock.monotonic();
            post({ type: 'progress', progress });
          },
          saved: (saved) => post({ type: 'saved', state: (state = saved) }),
        });
        const finished = run.run();
        post({ type: 'end', state, finished });
      } finally {
        db.close();
      }
    }
  };
}
