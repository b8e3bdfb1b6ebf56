import { formatSize } from '../format/size.ts';
import { printable } from '../format/text.ts';
import type { Plan } from '../wire.ts';
import type { Output } from './output.ts';

/** What a person reads before they say yes. */
export function drawPlan(plan: Plan, out: Output): string[] {
  const { bold, dim, yellow } = out.colors;
  const lines = [bold(printable(plan.summary))];
  for (const step of plan.steps) {
    lines.push(`  ${step.what} ${printable(step.target)}`);
    if (step.detail) lines.push(dim(`    ${printable(step.detail)}`));
  }
  if (plan.steps.length === 0) lines.push(dim('  nothing to do'));
  if (plan.bytes !== undefined && plan.bytes > 0) lines.push(`  ${formatSize(plan.bytes)} in all`);
  // A conflict with one answer is a confirmation, which is asked for by itself.
  for (const conflict of plan.conflicts.filter(({ choices }) => choices.filter((choice) => choice !== '').length > 1)) {
    lines.push(
      yellow(`  ? ${printable(conflict.about)}`),
      dim(`    ${conflict.choices.join(', ')}; ${conflict.default} if nothing else is said`),
    );
  }
  for (const warning of plan.warnings) lines.push(yellow(`  ! ${printable(warning)}`));
  return lines;
}
