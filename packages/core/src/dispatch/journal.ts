import type { AuditNote } from '../db/write.ts';
import type { SdError } from '../errors.ts';
import type { Library } from '../libraries/library.ts';
import type { Verification } from '../domain/plan.ts';
import type { Receipt } from './receipts.ts';

/** What lasts of actions, in the audit of the library they were about. Those about none are in the log alone. */
export interface Journal {
  /** Makes sure that the audit knows how the commit ended. */
  ended(
    library: Pick<Library, 'id'> | undefined,
    note: AuditNote,
    how: { readonly output: unknown } | { readonly error: SdError },
  ): Promise<void>;
  verified(library: Pick<Library, 'id'> | undefined, receipt: string, verification: Verification): Promise<void>;
  /** A commit of an earlier run of the daemon, where all that verifying it needs was kept. */
  receipt(id: string): Receipt | undefined;
}
