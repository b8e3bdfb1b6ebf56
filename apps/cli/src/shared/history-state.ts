import type { HistoryEntry } from '../wire.ts';

type Ended = Pick<HistoryEntry, 'state' | 'outcome'>;

const NOT_WHOLE: Partial<Record<NonNullable<Ended['outcome']>, string>> = {
  partial: 'done in part',
  failed: 'failed',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
};

/** The state in words: of what holds, also that not all of it was done. */
export function stateOf(action: Ended): string {
  if (action.state === 'partial') return 'undone in part';
  return isWhole(action) ? action.state : (NOT_WHOLE[action.outcome ?? 'done'] ?? action.state);
}

/** Whether what holds is all that was to be done. */
export function isWhole({ state, outcome = 'done' }: Ended): boolean {
  return state !== 'done' || NOT_WHOLE[outcome] === undefined;
}
