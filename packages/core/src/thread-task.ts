import { type PlainError, SdError, fromPlainError, toPlainError } from './errors.ts';
import type { Clock } from './ports/clock.ts';
import type { Worker, WorkerPort } from './ports/workers.ts';

/** How long a thread may take to stop before it is ended: less than a closing library waits. */
const STOP_GRACE_MS = 3_000;
/** Nobody sees more of them. */
const PROGRESS_INTERVAL_MS = 100;

/** What a thread with one long task says. `finished` is false where it was stopped before its end. */
export type TaskAnswer<State, Progress, Saved = unknown> =
  | { readonly type: 'progress'; readonly progress: Progress }
  /** Everything up to this state lasts. */
  | ({ readonly type: 'saved'; readonly state: State } & Saved)
  | TaskEnd<State>
  | { readonly type: 'failed'; readonly error: PlainError };
interface TaskEnd<State> {
  readonly type: 'end';
  readonly state: State;
  readonly finished: boolean;
}

export interface TaskResult<State> {
  readonly state: State;
  readonly finished: boolean;
}

/** Who listens to a task. What it throws (a checkpoint that finds no room, say) ends the task, and the thread with it. */
export interface TaskListener<State, Progress, Saved = unknown> {
  readonly signal: AbortSignal;
  onSaved(state: State, saved: Saved): void;
  onProgress(progress: Progress): void;
}

/**
 * Gives a thread its one task, as the first and only message with `stop` added: the thread leaves off once `stop[0]` is
 * not 0. Ends the thread, however the task ends.
 */
export async function runThreadTask<State, Progress, Saved = unknown>(
  worker: Worker,
  request: object,
  { signal, onSaved, onProgress }: TaskListener<State, Progress, Saved>,
  clock: Pick<Clock, 'after'>,
): Promise<TaskResult<State>> {
  const stop = new SharedArrayBuffer(4);
  let cancelGrace = (): void => {};
  try {
    return await new Promise((resolve, reject) => {
      worker.onExit((error) => reject(new SdError('INTERNAL', 'the thread that did the work has ended', {}, error)));
      worker.onMessage((message) => {
        const answer = message as TaskAnswer<State, Progress, Saved>;
        try {
          if (answer.type === 'saved') onSaved(answer.state, answer);
          else if (answer.type === 'progress') onProgress(answer.progress);
          else if (answer.type === 'end') resolve({ state: answer.state, finished: answer.finished });
          else reject(fromPlainError(answer.error));
        } catch (error) {
          reject(error);
        }
      });
      const leave = (): void => {
        Atomics.store(new Int32Array(stop), 0, 1);
        cancelGrace = clock.after(STOP_GRACE_MS, () =>
          reject(new SdError('CANCELLED', 'it did not stop in time; it goes on from its last checkpoint')),
        );
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      worker.post({ ...request, stop });
    });
  } finally {
    cancelGrace();
    await worker.terminate();
  }
}

/** What a thread has of its task. */
export interface ThreadTask<Request, State, Progress, Saved = unknown> {
  readonly request: Request;
  stopped(): boolean;
  /** As often as it likes: now and then it is told. */
  progress(progress: Progress): void;
  saved(state: State, saved: Saved): void;
}

/** The thread's side of `runThreadTask`: does the task it is sent, and tells how it ended. */
export function answerThreadTask<
  Request extends { readonly stop: SharedArrayBuffer },
  State,
  Progress,
  Saved = unknown,
>(
  port: WorkerPort,
  clock: Pick<Clock, 'monotonic'>,
  work: (task: ThreadTask<Request, State, Progress, Saved>) => TaskResult<State>,
): void {
  const post = (answer: TaskAnswer<State, Progress, Saved>): void => port.post(answer);
  port.onMessage((message) => {
    const request = message as Request;
    const stop = new Int32Array(request.stop);
    let shownAt = Number.NEGATIVE_INFINITY;
    try {
      const end = work({
        request,
        stopped: () => Atomics.load(stop, 0) !== 0,
        progress(progress) {
          if (clock.monotonic() - shownAt < PROGRESS_INTERVAL_MS) return;
          shownAt = clock.monotonic();
          post({ type: 'progress', progress });
        },
        saved: (state, saved) => post({ type: 'saved', state, ...saved }),
      });
      post({ type: 'end', ...end });
    } catch (error) {
      post({ type: 'failed', error: toPlainError(error) });
    }
  });
}
