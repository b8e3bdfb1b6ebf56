import type { AuditNote } from '../db/write.ts';
import type { PlainError } from '../errors.ts';
import type { CoreEvent } from '../events.ts';
import type { LibraryAccess } from './library.ts';

/** What the main thread asks of the thread of tasks. */
export type TaskRequest =
  | {
      readonly type: 'run';
      readonly id: number;
      readonly library: LibraryAccess;
      /** The thread's number for the library's write lock. */
      readonly owner: number;
      readonly task: string;
      readonly input: unknown;
      /** Of the action whose write it is. */
      readonly note: AuditNote | undefined;
    }
  | { readonly type: 'close'; readonly id: number; readonly library: string };

export type TaskAnswer =
  | { readonly id: number; readonly result: unknown; readonly events: readonly CoreEvent[] }
  | { readonly id: number; readonly error: PlainError };
