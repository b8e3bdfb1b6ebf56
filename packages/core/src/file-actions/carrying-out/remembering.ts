import { findPlan } from '../../db/actions/plans.ts';
import { type Stretch, insertStretch } from '../../db/actions/stretches.ts';
import type { Connection } from '../../ports/sqlite.ts';
import { planHeadOf } from '../plan-head.ts';

/** How long it took to carry out so much of a plan: plans of the same say by it how long they will take. */
export function remember(actions: Connection, plan: string, stretch: Stretch): void {
  if (stretch.steps === 0) return;
  try {
    const row = findPlan(actions, plan);
    const route = row && planHeadOf(row).route;
    if (route !== undefined) insertStretch(actions, route, { ...stretch, ms: Math.max(1, stretch.ms) });
  } catch {
    // What was carried out is none the worse for it.
  }
}
