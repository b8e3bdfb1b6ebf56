import { toPlainError } from '../errors.ts';
import type { Pace } from '../pace.ts';
import type { ThreadPlatform, WorkerPort } from '../platform.ts';
import { writePart } from './export-run.ts';
import { namePart } from './part.ts';
import type { ExportAnswer, ExportRequest, ExportState } from './protocol.ts';

/** It goes through the rows in the order of their ids; only contents and media are looked up here and there. */
const CACHE_KIB = 8 * 1024;
const PROGRESS_INTERVAL_MS = 100;
/** Some milliseconds of work. */
const PAGE_ENTRIES = 500;

/** The thread that writes an export: does the phase it is sent. */
export function exporterRole(platform: ThreadPlatform, port: WorkerPort, pace: Pace): void {
  const { clock, files, sqlite } = platform;
  const post = (answer: ExportAnswer): void => port.post(answer);
  port.onMessage((message) => {
    const request = message as ExportRequest;
    try {
      const state = request.state.phase === 'name' ? name(request) : write(request);
      post({ type: 'end', state, finished: state.phase !== 'write' });
    } catch (error) {
      post({ type: 'failed', error: toPlainError(error) });
    }
  });

  function write(request: ExportRequest): ExportState {
    const { databasePath: path, key } = request.library;
    const db = sqlite.open({ path, key, mode: 'read', cacheKiB: pace.cacheKiB(CACHE_KIB) });
    const stop = new Int32Array(request.stop);
    let shownAt = Number.NEGATIVE_INFINITY;
    try {
      return writePart(request, {
        db,
        files,
        pace,
        pageEntries: PAGE_ENTRIES,
        now: () => clock.monotonic(),
        stopped: () => Atomics.load(stop, 0) !== 0,
        progress(progress) {
          if (clock.monotonic() - shownAt < PROGRESS_INTERVAL_MS) return;
          shownAt = clock.monotonic();
          post({ type: 'progress', progress });
        },
        saved: (state) => post({ type: 'saved', state }),
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
