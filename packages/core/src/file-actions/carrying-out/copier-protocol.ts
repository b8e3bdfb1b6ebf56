import type { PlainError } from '../../errors.ts';
import type { CopiedFile } from '../../ports/user-files.ts';
import { CopySlots } from './copy-slots.ts';
import type { CopyTask } from './copy-task.ts';

/** Copies that two threads make together: each takes the next one that nobody has taken, until there are no more. */
export interface SharedCopies<Task extends CopyTask = CopyTask> {
  readonly tasks: readonly Task[];
  /** One 32-bit number: how many are taken. */
  readonly taken: SharedArrayBuffer;
  /** They are left off once `stop[0]` is not 0. */
  readonly stop: SharedArrayBuffer;
  /** Where the other thread puts what came of those that it took. */
  readonly slots: CopySlots;
}

/** As they are told to the other thread. */
export interface ToldCopies extends Pick<SharedCopies, 'taken' | 'stop'> {
  /** Three strings of each, one after the other: one long string is passed on many times as fast as many. */
  readonly tasks: string;
  readonly slots: SharedArrayBuffer;
}

/** In no path. */
const BETWEEN = '\0';

export function told({ tasks, taken, stop, slots }: SharedCopies): ToldCopies {
  const parts = tasks.flatMap(({ source, path, inside }) => [source, path, inside ? 'inside' : '']);
  return { tasks: parts.join(BETWEEN), taken, stop, slots: slots.memory };
}

export function heard({ tasks, taken, stop, slots }: ToldCopies): SharedCopies {
  const parts = tasks.split(BETWEEN);
  const all: CopyTask[] = [];
  for (let at = 0; at < parts.length; at += 3)
    all.push({ source: parts[at] ?? '', path: parts[at + 1] ?? '', inside: parts[at + 2] !== '' });
  return { tasks: all, taken, stop, slots: new CopySlots(slots) };
}

/** What came of one; `stopped`: nothing of it is left. */
export type Copied = CopiedFile | PlainError | 'stopped';

/** What of the other thread's part is no number, by the place in `tasks`. It is said once the part is done. */
export type CopiedPart = readonly (readonly [at: number, copied: Copied])[];

/** One that nobody has taken, which is whoever's now that asked; `undefined`: there are no more. */
export function takeOne<Task extends CopyTask>({
  tasks,
  taken,
}: SharedCopies<Task>): { readonly at: number; readonly task: Task } | undefined {
  const at = Atomics.add(new Int32Array(taken), 0, 1);
  const task = tasks[at];
  return task && { at, task };
}

/** Nobody takes another one. */
export function leaveRest({ tasks, taken }: SharedCopies): void {
  Atomics.store(new Int32Array(taken), 0, tasks.length);
}

/** The first message of a thread that helps: where it is told of copies, and says what came of them. */
export interface ToCopier {
  readonly type: 'open';
  readonly port: MessagePort;
}
