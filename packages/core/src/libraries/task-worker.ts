import { type AuditNote, type WriteEnvironment, writeTransaction } from '../db/write.ts';
import { WriteLock } from '../db/write-lock.ts';
import { type IdSource, idSource } from '../domain/ids.ts';
import { toPlainError } from '../errors.ts';
import type { CoreEvent } from '../events.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { Connection } from '../ports/sqlite.ts';
import type { WorkerPort } from '../ports/workers.ts';
import type { WriteTask } from '../write-task.ts';
import type { TaskAnswer, TaskRequest } from './task-protocol.ts';

/** The upper levels of the indexes that a large write goes to. */
const CACHE_KIB = 8 * 1024;

type Run = Extract<TaskRequest, { type: 'run' }>;

/** The thread role `library-tasks`: runs the tasks it is sent, one after the other, and keeps its connections. */
export function libraryTasksRole(tasks: readonly WriteTask[]) {
  const known = new Map(tasks.map((task) => [task.name, task]));
  return (platform: ThreadPlatform, port: WorkerPort): void => {
    const open = new Map<string, Connection>();
    const newIds = idSource(platform.clock, platform.random);
    const answer = (request: TaskRequest): TaskAnswer => {
      if (request.type === 'run') {
        const connection = open.get(request.library.id) ?? connect(platform, request);
        open.set(request.library.id, connection);
        return { id: request.id, ...run({ ...platform, newIds }, connection, known.get(request.task), request) };
      }
      open.get(request.library)?.close();
      open.delete(request.library);
      return { id: request.id, result: undefined, events: [] };
    };
    port.onMessage((message) => {
      const request = message as TaskRequest;
      try {
        port.post(answer(request));
      } catch (error) {
        port.post({ id: request.id, error: toPlainError(error) } satisfies TaskAnswer);
      }
    });
  };
}

function connect({ sqlite }: ThreadPlatform, { library }: Run): Connection {
  return sqlite.open({ path: library.databasePath, key: library.key, mode: 'write', cacheKiB: CACHE_KIB });
}

function run(
  { clock, newIds }: ThreadPlatform & { readonly newIds: IdSource },
  connection: Connection,
  task: WriteTask | undefined,
  { library, owner, input, note, task: name }: Run,
): { result: unknown; events: CoreEvent[] } {
  if (!task) throw new Error(`no task ${name}`);
  const environment: WriteEnvironment = { deviceId: library.deviceId, now: () => clock.now() };
  return write(connection, { environment, lock: new WriteLock(owner, library.lock), note, library: library.id }, (tx) =>
    task.write(tx, input as never, { deviceId: library.deviceId, newIds, now: clock.now() }),
  );
}

function write(
  connection: Connection,
  { environment, lock, note, library }: Writing,
  work: (tx: Parameters<WriteTask['write']>[0]) => unknown,
): { result: unknown; events: CoreEvent[] } {
  const events: CoreEvent[] = [];
  const emit = (event: Omit<CoreEvent, 'library'>): void => void events.push({ ...event, library });
  lock.acquireBlocking();
  try {
    const result = writeTransaction(connection, environment, note, (tx) => work(Object.assign(tx, { emit })));
    return { result, events };
  } finally {
    lock.release();
  }
}

interface Writing {
  readonly environment: WriteEnvironment;
  readonly lock: WriteLock;
  readonly note: AuditNote | undefined;
  readonly library: string;
}
