import type { IdSource } from './domain/ids.ts';
import type { LibraryWriteTransaction } from './libraries/library.ts';

/**
 * A write that may take longer than 10 ms: `library.writeInThread(task, input)` runs it in a thread of its own, in one
 * transaction, with the audit record and the history of the action that asked. What goes in and comes out crosses a
 * thread boundary: plain data. Listed by hand in `library-tasks.ts`.
 */
export interface WriteTask<Input = never, Output = unknown> {
  /** `<area>.<verb>`. */
  readonly name: string;
  write(tx: LibraryWriteTransaction, input: Input, around: TaskAround): Output;
}

/** What rows are stamped with. */
export interface TaskAround {
  readonly deviceId: Uint8Array;
  readonly newIds: IdSource;
  /** Milliseconds since the epoch. */
  readonly now: number;
}
