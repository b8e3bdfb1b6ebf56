import type { LibraryAccess } from '../../libraries/library.ts';
import type { ThreadPlatform } from '../../platform.ts';
import type { WorkerPort } from '../../ports/workers.ts';
import { answerThreadTask } from '../../thread-task.ts';
import { LibraryWriter } from '../library-writer.ts';
import { findGone, forgetGone } from './sweep-kept.ts';

const CACHE_KIB = 4 * 1024;

export interface SweepKeptRequest {
  readonly library: LibraryAccess;
  /** Of the write lock. */
  readonly owner: number;
  readonly what: 'find' | 'forget';
  readonly stop: SharedArrayBuffer;
}
export interface SweptKept {
  /** Rows that were forgotten. */
  readonly entries: number;
}

/** The thread that sweeps what was kept. */
export function sweepKeptRole(platform: ThreadPlatform, port: WorkerPort): void {
  answerThreadTask<SweepKeptRequest, SweptKept, never>(port, platform.clock, ({ request, stopped }) => {
    const { library, owner, what } = request;
    const writer = new LibraryWriter(platform, library, owner, CACHE_KIB);
    try {
      const sweep = { writer, files: platform.files, now: platform.clock.now(), stopped };
      if (what === 'forget') {
        const { entries, finished } = forgetGone(sweep);
        return { state: { entries }, finished };
      }
      findGone(sweep);
      return { state: { entries: 0 }, finished: !stopped() };
    } finally {
      writer.close();
    }
  });
}
