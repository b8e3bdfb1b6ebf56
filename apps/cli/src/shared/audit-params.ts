import { choices, moment, text } from '../declare/option.ts';

const OUTCOMES = ['done', 'started', 'partial', 'failed', 'cancelled', 'refused', 'interrupted'] as const;

/** Which actions of the audit are meant. */
export const AUDIT_FILTERS = {
  operation: text('NAME', 'only this operation or area, e.g. entries.move or tags'),
  client: text('NAME', 'only of clients whose name begins so'),
  outcome: choices('OUTCOME', OUTCOMES, `only those that went so: ${OUTCOMES.join(', ')}`),
  since: moment('not before this'),
  until: moment('before this'),
  text: text('WORDS', 'only what was asked of, or done to, something with this in its name'),
  receipt: text('RECEIPT', 'the action with this receipt'),
} as const;

interface Given {
  readonly operation: string | undefined;
  readonly client: string | undefined;
  readonly outcome: readonly string[] | undefined;
  readonly since: number | undefined;
  readonly until: number | undefined;
  readonly text: string | undefined;
  readonly receipt: string | undefined;
}

export function auditParams({ outcome: outcomes, ...given }: Given): Record<string, unknown> {
  const params = { ...given, outcomes };
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
}
