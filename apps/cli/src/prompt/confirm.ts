import { CliError } from '../errors.ts';
import { count } from '../format/number.ts';
import type { Sd } from '../sd.ts';
import type { Plan } from '../wire.ts';

interface Question {
  /** The plan, as it is shown. */
  readonly lines: () => Promise<readonly string[]>;
  /** The word that must be typed to go on; without one a yes does. */
  readonly typed?: string | undefined;
  /** What may be added to the command instead of an answer. */
  readonly instead?: string;
}

/** Shows a plan and asks whether to go on. Throws where nobody is there to be asked, or does not agree. */
export async function confirm(sd: Sd, plan: Plan, { lines, typed, instead = '--yes' }: Question): Promise<void> {
  if (!sd.out.interactive || !process.stdin.isTTY)
    throw notConfirmed(
      `this needs a yes: ${plan.summary}`,
      plan,
      `${scale(plan)}look at the plan with --dry-run, then add ${instead}`,
    );
  sd.out.complain(...(await lines()), '');
  const { askWord, askYesNo } = await import('./ask.ts');
  if (!(typed === undefined ? await askYesNo(sd, 'Go on?') : await askWord(sd, typed)))
    throw notConfirmed('not confirmed', plan);
}

/** Why somebody should look first. */
function scale({ totals }: Plan): string {
  return totals === undefined || totals.steps < 2 ? '' : `it has ${count(totals.steps, 'step')}: `;
}

export function notConfirmed(message: string, plan: Plan, wayOut = 'nothing was changed'): CliError {
  return new CliError('REFUSED', message, { code: 'CONFIRMATION_NEEDED', wayOut, data: { plan } });
}
