import type { DedupeRequest } from '../protocol.ts';
import { planGiven } from './given.ts';
import type { Planned, PlanningParts } from './parts.ts';

/** Plans which copies go. */
export function planDedupe({ choice }: DedupeRequest, parts: PlanningParts): Planned {
  const { db, files, disk, world, help, warnings, checkCancelled } = parts;
  const decided = help.dedupePlan(choice, { db, files, disk, device: world.device.id, checkCancelled });
  for (const warning of decided.warnings) warnings.say(warning);
  return { ...planGiven(decided.summary, decided.steps, parts), bytes: decided.bytes };
}
