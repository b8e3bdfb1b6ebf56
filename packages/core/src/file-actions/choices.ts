import { CHOICES_OF, type ConflictChoice, type ConflictPolicy, type Step } from '../domain/step.ts';
import type { Decisions } from '../domain/plan.ts';

/** Decisions go by the number of a step; these answer for all steps that are not named. */
export const ALL = '*';
/** Folders that meet a folder merge, unless one is named, or this says otherwise: `*` never replaces a whole folder. */
export const ALL_FOLDERS = '*folders';

/** What is done about the conflict of a step: what becomes of a `newer` or `larger` depends on the two files. */
export type Effect = 'skip' | 'replace' | 'keep_both' | 'merge';

/** What was chosen for a step that has a conflict; `undefined`: nothing that its conflict allows. */
export function choiceOf(
  step: Pick<Step, 'seq' | 'conflict'>,
  decisions: Decisions,
  policy: ConflictPolicy,
): ConflictChoice | undefined {
  const named = decisions[String(step.seq)];
  if (step.conflict === 'folder') return allowed(step, named) ?? allowed(step, decisions[ALL_FOLDERS]) ?? 'merge';
  return allowed(step, named) ?? allowed(step, decisions[ALL]) ?? allowed(step, policy);
}

function allowed({ conflict }: Pick<Step, 'conflict'>, choice: string | undefined): ConflictChoice | undefined {
  return CHOICES_OF[conflict].find((one) => one === choice);
}

/** Newer and larger are by what both were when they were looked at last: equal ones stay as they are. */
export function effectOf({ facts, there }: Pick<Step, 'facts' | 'there'>, choice: ConflictChoice): Effect {
  if (choice === 'newer') return facts.mtime > (there?.mtime ?? 0) ? 'replace' : 'skip';
  if (choice === 'larger') return facts.size > (there?.size ?? 0) ? 'replace' : 'skip';
  return choice;
}
