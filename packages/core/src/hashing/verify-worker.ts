import { WriteLock } from '../db/write-lock.ts';
import { sharedContents } from '../db/library/duplicates.ts';
import type { Pace } from '../pace.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { WorkerPort } from '../ports/workers.ts';
import { type TaskResult, type ThreadTask, answerThreadTask } from '../thread-task.ts';
import { ContentVerifier, type VerifyWatch } from './content-verifier.ts';
import { HashWriter } from './hash-writer.ts';
import type { VerifyProgress, VerifyRequest, VerifySaved, VerifyState } from './verify-protocol.ts';

const CACHE_KIB = 8 * 1024;
/** What is hashed but not saved is done again after a crash: seldom enough to cost nothing, often enough to lose nothing. */
const SAVE_INTERVAL_MS = 1_000;

/** A thread that computes the full hashes of files which may be duplicates, content by content, and stores them. */
export function verifyRole(platform: ThreadPlatform, port: WorkerPort, pace: Pace): void {
  answerThreadTask<VerifyRequest, VerifyState, VerifyProgress, VerifySaved>(port, platform.clock, (task) =>
    verify(platform, task, pace),
  );
}

function verify(
  platform: ThreadPlatform,
  task: ThreadTask<VerifyRequest, VerifyState, VerifyProgress, VerifySaved>,
  pace: Pace,
): TaskResult<VerifyState> {
  const { request } = task;
  const { library, scope } = request;
  const at = { path: library.databasePath, key: library.key, cacheKiB: pace.cacheKiB(CACHE_KIB) };
  const reader = platform.sqlite.open({ ...at, mode: 'read' });
  const writer = new HashWriter(
    platform.sqlite.open({ ...at, mode: 'write' }),
    new WriteLock(request.owner, library.lock),
    { deviceId: library.deviceId, now: () => platform.clock.now() },
  );
  try {
    const plan = planOf(sharedContents(reader, scope));
    const verifier = new ContentVerifier(reader, platform, scope.below);
    const now = (): number => platform.clock.monotonic();
    let state = request.state;
    let reading = { files: 0, bytes: 0, path: '' };
    let savedAt = now();

    const save = (): void => {
      task.saved(state, { contents: writer.flush() });
      savedAt = now();
    };
    const watch: VerifyWatch = {
      bytes(path, count) {
        pace.giveWay();
        reading = { ...reading, bytes: reading.bytes + count, path };
        task.progress(progressOf(plan, state, reading));
        return task.stopped();
      },
      file: () => void reading.files++,
    };

    let stopped = false;
    for (const content of plan.ids) {
      if (content <= state.after) continue;
      const next = verifier.verify(content, state, writer, watch);
      if (!next) {
        stopped = true;
        break;
      }
      state = next;
      reading = { files: 0, bytes: 0, path: reading.path };
      if (now() - savedAt >= SAVE_INTERVAL_MS) save();
    }
    save();
    writer.checkpoint();
    return { state, finished: !stopped };
  } finally {
    reader.close();
    writer.close();
  }
}

interface Plan {
  readonly ids: Float64Array;
  readonly files: number;
  readonly bytes: number;
}

function planOf(contents: Iterable<{ content_id: number; size: number; files: number }>): Plan {
  const ids: number[] = [];
  let [files, bytes] = [0, 0];
  for (const content of contents) {
    ids.push(content.content_id);
    files += content.files;
    bytes += content.files * content.size;
  }
  return { ids: Float64Array.from(ids), files, bytes };
}

function progressOf(
  plan: Plan,
  state: VerifyState,
  reading: { files: number; bytes: number; path: string },
): VerifyProgress {
  const files = state.files + reading.files;
  const bytes = state.bytes + reading.bytes;
  // Files that appeared after the plan was made must not make it more than whole.
  return {
    files,
    filesTotal: Math.max(plan.files, files),
    bytes,
    bytesTotal: Math.max(plan.bytes, bytes),
    path: reading.path,
  };
}
