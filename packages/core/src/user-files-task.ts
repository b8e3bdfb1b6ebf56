import type { ThreadPlatform } from './platform.ts';
import type { UserFiles } from './ports/user-files.ts';
import type { WorkerPort } from './ports/workers.ts';
import { type TaskResult, type ThreadTask, answerThreadTask } from './thread-task.ts';

/**
 * `answerThreadTask` of a thread that changes a person's files; `userFiles` is absent where the platform has none. The
 * port is listened to at once: a message that came before anybody did would be lost.
 */
export function answerUserFilesTask<Request extends { readonly stop: SharedArrayBuffer }, State, Progress>(
  platform: ThreadPlatform,
  port: WorkerPort,
  work: (task: ThreadTask<Request, State, Progress>, userFiles: UserFiles | undefined) => TaskResult<State>,
): void {
  const loading = platform.userFiles?.().catch(() => undefined) ?? Promise.resolve(undefined);
  let userFiles: UserFiles | undefined;
  const waiting: WorkerPort = {
    post: (message, transfer) => port.post(message, transfer),
    onMessage: (listener) =>
      port.onMessage((message) => {
        void loading.then((loaded) => {
          userFiles = loaded;
          listener(message);
        });
      }),
  };
  answerThreadTask<Request, State, Progress>(waiting, platform.clock, (task) => work(task, userFiles));
}
