import { asSdError, type SdError } from '../errors.ts';
import type { OpenLibrary } from './library.ts';
import type { LibrarySummary } from './library-manager.ts';

/** A library this device knows, as the manager sees it. */
export interface LibraryRecord {
  readonly id: string;
  name: string;
  folder: string;
  /** The user wants it closed, also after a restart. */
  keptClosed: boolean;
  state: LibrarySummary['state'];
  reason: string | undefined;
  protection: LibrarySummary['protection'];
  /** Present while it is open. */
  open: { readonly library: OpenLibrary; readonly release: () => void } | undefined;
  /** Kept while it is closed, until it is locked or the core stops. */
  key: Uint8Array | undefined;
}

export function newRecord({
  id,
  name,
  folder,
  closed = false,
}: {
  id: string;
  name: string;
  folder: string;
  closed?: boolean | undefined;
}): LibraryRecord {
  return {
    id,
    name,
    folder,
    keptClosed: closed,
    state: 'closed',
    reason: undefined,
    protection: 'unknown',
    open: undefined,
    key: undefined,
  };
}

export function summaryOf(record: LibraryRecord): LibrarySummary {
  const { id, name, folder, state, reason, protection } = record;
  return { id, name, folder, state, protection, ...(reason === undefined ? {} : { reason }) };
}

/** Why it is not open, from what went wrong when it was tried. */
export function stateAfter(error: unknown): Pick<LibraryRecord, 'state' | 'reason'> {
  const known = asSdError(error);
  return { state: STATES[known.code] ?? 'closed', reason: known.message };
}

const STATES: Partial<Record<SdError['code'], LibrarySummary['state']>> = {
  NOT_FOUND: 'missing',
  LIBRARY_IN_USE: 'in_use',
  LIBRARY_LOCKED: 'locked',
  NEWER_FORMAT: 'newer_format',
  CORRUPT: 'damaged',
  WRONG_KEY: 'damaged',
};
