import type { LibraryAccess } from '../../libraries/library.ts';
import type { ThreadPlatform } from '../../platform.ts';
import type { WorkerPort } from '../../ports/workers.ts';
import { answerUserFilesTask } from '../../user-files-task.ts';
import { LibraryWriter } from '../library-writer.ts';
import { completeNotes } from './complete-notes.ts';
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
  answerUserFilesTask<SweepKeptRequest, SweptKept, never>(platform, port, ({ request, stopped }, userFiles) => {
    const { library, owner, what } = request;
    const writer = new LibraryWriter(platform, library, owner, CACHE_KIB);
    try {
      const { files, clock } = platform;
      const sweep = { writer, files, now: clock.now(), stopped };
      if (what === 'forget') {
        if (userFiles) completeNotes({ db: writer.db, files, userFiles, stopped });
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
