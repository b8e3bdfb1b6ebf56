import type { WholeFileHasher } from '../hashing/hash-whole-file.ts';
import type { compileRules } from '../indexing/rules/compile.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { Hashing } from '../ports/hashing.ts';
import type { WorkerPort } from '../ports/workers.ts';
import { answerThreadTask } from '../thread-task.ts';
import type { VerifyLocationProgress, VerifyLocationRequest, VerifyLocationState } from './protocol.ts';
import { VerifyRun } from './verify-run.ts';

/** What other services do for a verification. */
export interface VerifyHelp {
  readonly compileRules: typeof compileRules;
  wholeFileHasher(files: ReadFiles, hashing: Hashing): WholeFileHasher;
}

/** It goes through the rows folder by folder, in their order. */
const CACHE_KIB = 4 * 1024;

/** The thread that compares disk and index: runs the one request it is sent. */
export function locationVerifierRole({ compileRules, wholeFileHasher }: VerifyHelp) {
  return (platform: ThreadPlatform, port: WorkerPort): void => {
    const { files, hashing, clock } = platform;
    answerThreadTask<VerifyLocationRequest, VerifyLocationState, VerifyLocationProgress>(
      port,
      clock,
      ({ request, stopped, progress, saved }) => {
        const { library, root, rules } = request;
        const db = platform.sqlite.open({
          path: library.databasePath,
          key: library.key,
          mode: 'read',
          cacheKiB: CACHE_KIB,
        });
        let state = request.state;
        try {
          const run = new VerifyRun(request, {
            db,
            files,
            hashing,
            rules: compileRules(rules, root.path, files, library.dataFolder),
            whole: wholeFileHasher(files, hashing),
            now: () => clock.monotonic(),
            stopped,
            progress,
            saved: (now) => saved((state = now), undefined),
          });
          const finished = run.run();
          return { state, finished };
        } finally {
          db.close();
        }
      },
    );
  };
}
