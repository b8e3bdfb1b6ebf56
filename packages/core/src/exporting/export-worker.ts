import type { Pace } from '../pace.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { WorkerPort } from '../ports/workers.ts';
import { type ThreadTask, answerThreadTask } from '../thread-task.ts';
import { writePart } from './export-run.ts';
import { namePart } from './part.ts';
import type { ExportProgress, ExportRequest, ExportState } from './protocol.ts';

/** It goes through the rows in the order of their ids; only contents and media are looked up here and there. */
const CACHE_KIB = 8 * 1024;
/** Some milliseconds of work. */
const PAGE_LINES = 500;

/** The thread that writes an export: does the phase it is sent. */
export function exporterRole(platform: ThreadPlatform, port: WorkerPort, pace: Pace): void {
  const { clock, files, sqlite } = platform;
  answerThreadTask<ExportRequest, ExportState, ExportProgress>(port, clock, (task) => {
    const state = task.request.state.phase === 'name' ? name(task.request) : write(task);
    return { state, finished: state.phase !== 'write' };
  });

  function write({
    request,
    stopped,
    progress,
    saved,
  }: ThreadTask<ExportRequest, ExportState, ExportProgress>): ExportState {
    const { databasePath: path, key } = request.library;
    const db = sqlite.open({ path, key, mode: 'read', cacheKiB: pace.cacheKiB(CACHE_KIB) });
    try {
      return writePart(request, {
        db,
        files,
        pace,
        pageLines: PAGE_LINES,
        now: () => clock.monotonic(),
        stopped,
        progress,
        saved: (state) => saved(state, undefined),
      });
    } finally {
      db.close();
    }
  }

  function name({ path, state }: ExportRequest): ExportState {
    namePart(files, path, state.bytes);
    return { ...state, phase: 'done' };
  }
}
