import { confirm, notConfirmed } from '../prompt/confirm.ts';
import type { Sd } from '../sd.ts';
import { shellWord } from '../shared/shell-word.ts';
import type { Plan } from '../wire.ts';

interface Act {
  /** `<area>.<verb>` of the action. */
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Asks first, with the plan in sight, unless `--yes`. */
  readonly asks?: boolean;
  /** The word that must be typed to go on, for what cannot be taken back; `--yes` does as well. */
  readonly typed?: string;
  /** Where the word may come from instead of the keyboard, e.g. `--confirm`. */
  readonly given?: string | undefined;
  /** Answers to the plan's conflicts, by id. */
  readonly decisions?: Readonly<Record<string, string>>;
}

interface Committed<T> {
  readonly receipt: string;
  readonly result: T;
}

/**
 * Runs an action, or with `--dry-run` prints its plan and stops (`undefined`). With `--json` the caller has nothing
 * left to print: the daemon's answer is out.
 */
export async function act<T>(sd: Sd, wanted: Act): Promise<T | undefined> {
  const daemon = await sd.daemon();
  const { dryRun, yes } = sd.globals;
  let params = wanted.input;
  if (dryRun || (wanted.asks === true && !yes)) {
    const plan = (await daemon.request(`preview:${wanted.action}`, wanted.input)) as Plan;
    if (dryRun) {
      if (sd.out.json) await sd.out.printJson(plan);
      else await sd.out.print(...(await planLines(sd, plan)));
      return undefined;
    }
    await askFor(sd, wanted, plan);
    // What was seen is what is done: the daemon refuses the plan if its world has changed since.
    params = { plan_id: plan.plan_id, ...(wanted.decisions ? { decisions: wanted.decisions } : {}) };
  }
  const committed = (await daemon.request(`action:${wanted.action}`, params)) as Committed<T>;
  if (sd.out.json) await sd.out.printJson(committed);
  return committed.result;
}

async function askFor(sd: Sd, wanted: Act, plan: Plan): Promise<void> {
  if (wanted.given !== undefined) {
    if (wanted.given === wanted.typed) return;
    throw notConfirmed(`"${wanted.given}" is not the name: it is "${wanted.typed}"`, plan);
  }
  const { typed } = wanted;
  const instead = typed === undefined ? '--yes' : `--yes or --confirm ${shellWord(typed)}`;
  await confirm(sd, plan, { lines: () => planLines(sd, plan), typed, instead });
}

async function planLines(sd: Sd, plan: Plan): Promise<string[]> {
  const { drawPlan } = await import('../output/plan.ts');
  return drawPlan(plan, sd.out);
}
