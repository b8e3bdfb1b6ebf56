import { CliError } from '../errors.ts';
import { formatNumber } from '../format/number.ts';
import { printable } from '../format/text.ts';
import type { Sd } from '../sd.ts';
import type { Conflict, Plan } from '../wire.ts';
import { allSteps } from './all-steps.ts';

export type Decisions = Readonly<Record<string, string>>;

/** What was answered: a choice, for this one or for all that are left. */
export interface ConflictAnswer {
  readonly choice: string;
  readonly forAll: boolean;
}
type Ask = (conflict: Conflict, at: { readonly number: number; readonly of: number }) => Promise<ConflictAnswer>;

/** Of all conflicts that are not named; see `action:` in docs/rpc.md. */
const ALL = '*';

/**
 * Has the open conflicts of a plan decided by the person, one by one or for all; `policies` are what they said of all of
 * them beforehand: the plan was made with the first, each of the others is for what those before cannot be. Throws where
 * nobody can be asked.
 */
export async function decide(sd: Sd, plan: Plan, policies: readonly string[] = [], ask?: Ask): Promise<Decisions> {
  const decisions: Record<string, string> = {};
  const open = (await questionsOf(sd, plan)).filter(({ id, choices }) => {
    // Folders merge, which loses nothing: nobody is asked about them.
    if (choices.includes('merge')) return false;
    const policy = policies.find((one) => choices.includes(one));
    if (policy !== undefined && policy !== policies[0]) decisions[id] = policy;
    return policy === undefined;
  });
  const [first] = open;
  if (!first) return decisions;
  if (!ask && !mayAsk(sd)) throw undecided(first, open.length, plan, policies);
  const asking = ask ?? (await import('../prompt/conflict.ts')).askConflict(sd);
  let forAll: string | undefined;
  for (const [at, conflict] of open.entries()) {
    // What was chosen for all may not be possible for some: a file is not newer than a folder.
    if (forAll !== undefined && conflict.choices.includes(forAll)) continue;
    const answer = await asking(conflict, { number: at + 1, of: open.length });
    if (answer.forAll && forAll === undefined) decisions[ALL] = forAll = answer.choice;
    else decisions[conflict.id] = answer.choice;
  }
  return decisions;
}

/** All of them: with the plan come the first. */
async function questionsOf(sd: Sd, plan: Plan): Promise<readonly Conflict[]> {
  if ((plan.totals?.conflicts ?? 0) <= plan.conflicts.length) return plan.conflicts;
  const questions: Conflict[] = [];
  const params = { plan_id: plan.plan_id, only: 'conflicts' };
  for await (const { steps } of allSteps(sd, params))
    for (const { question } of steps) if (question) questions.push(question);
  return questions;
}

function mayAsk(sd: Sd): boolean {
  return sd.out.interactive && process.stdin.isTTY && !sd.globals.yes && !sd.out.json;
}

function undecided(first: Conflict, open: number, plan: Plan, policies: readonly string[]): CliError {
  const more = open > 1 ? `, and ${formatNumber(open - 1)} more` : '';
  return new CliError('REFUSED', `${printable(first.about)}${more}`, {
    code: 'CONFIRMATION_NEEDED',
    wayOut: `say what to do: --on-conflict ${[...policies, first.choices.join('|')].join(',').replaceAll('_', '-')}`,
    data: { plan },
  });
}
