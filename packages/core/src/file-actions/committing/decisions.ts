import { findStep } from '../../db/actions/steps.ts';
import { CHOICES_OF, CONFLICT_CHOICES } from '../../domain/step.ts';
import { SdError } from '../../errors.ts';
import type { Decisions } from '../../domain/plan.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { ALL, ALL_FOLDERS } from '../choices.ts';

/** Refuses decisions about what is no conflict of the plan, and choices that a conflict does not have. */
export function checkDecisions(decisions: Decisions, plan: string, actions: ReadConnection): void {
  for (const [id, choice] of Object.entries(decisions)) {
    const choices = choicesOf(id, plan, actions);
    if (choices.length === 0)
      throw new SdError('INVALID_INPUT', `the plan has no conflict ${JSON.stringify(id)}`, {
        way_out: `decide by the ids of its conflicts, "${ALL}" for the others, "${ALL_FOLDERS}" for folders`,
      });
    if (!choices.includes(choice))
      throw new SdError('INVALID_INPUT', `${JSON.stringify(choice)} is no choice for ${JSON.stringify(id)}`, {
        choices,
      });
  }
}

function choicesOf(id: string, plan: string, actions: ReadConnection): readonly string[] {
  if (id === ALL) return CONFLICT_CHOICES;
  if (id === ALL_FOLDERS) return CHOICES_OF.folder;
  const step = /^\d{1,15}$/.test(id) ? findStep(actions, plan, Number(id)) : undefined;
  return step ? CHOICES_OF[step.conflict] : [];
}
