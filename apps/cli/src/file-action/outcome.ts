import { formatDuration } from '../format/duration.ts';
import { count, formatNumber } from '../format/number.ts';
import { formatSize } from '../format/size.ts';
import { printable } from '../format/text.ts';
import type { Colors } from '../output/colors.ts';
import type { Sd } from '../sd.ts';
import type { Carried, JobInfo, Plan, PlanStep, PlanSteps } from '../wire.ts';

const MOST_NAMED = 10;
const MOST_SKIPPED = 5;

/** A plan, and what was done, in words. */
export interface CarriedOut {
  readonly plan: Plan;
  readonly done: string;
}

/** What came of it, and how many steps did not work or were left out. */
export function outcomeLines(
  { plan, done }: CarriedOut,
  job: JobInfo,
  milliseconds: number,
  { green, yellow, dim }: Colors,
): { readonly good: string[]; readonly failed: number; readonly skipped: number } {
  const { done: steps, skipped, failed, bytes, verified, lost } = job.result as Carried;
  const files = plan.totals?.files ?? 0;
  const left = skipped + failed;
  const facts = [
    // What the plan counts as files holds only where all of it was done.
    left > 0 ? `${formatNumber(steps)} of ${count(steps + left, 'step')}` : files > 1 ? count(files, 'file') : '',
    bytes > 0 ? `${formatSize(bytes)} in ${formatDuration(milliseconds)}` : '',
    verified > 0 ? `${count(verified, 'file')} read back and the same` : '',
    failed > 0 ? `${count(failed, 'step')} did not work` : '',
  ].filter((fact) => fact !== '');
  const title = steps === 0 && left > 0 ? `Nothing was done: ${plan.summary}` : done;
  const mark = failed === 0 ? green('✓') : yellow('!');
  const good = [`${mark} ${printable(title)}${facts.length > 0 ? `: ${facts.join(', ')}` : ''}`];
  if (skipped > 0) good.push(dim(`  ${count(skipped, 'step')} skipped`));
  if (lost.count > 0) good.push(...lostLines(lost).map((line) => yellow(line)));
  return { good, failed, skipped };
}

function lostLines({ count: all, named }: Carried['lost']): string[] {
  const what = [...new Set(named.flatMap(({ lost }) => lost))].sort();
  const [first] = named;
  return [
    `  ${count(all, 'item')} could not take everything along (${printable(what.join(', '))})${first ? `, e.g. ${printable(first.item)}` : ''}`,
  ];
}

/** The first of the steps that did not work, each with the reason. */
export async function problemLines(sd: Sd, plan: Plan, failed: number): Promise<string[]> {
  const { red, dim } = sd.out.errorColors;
  const steps = await firstSteps(sd, plan, 'failed', MOST_NAMED);
  const lines = steps.flatMap((step) => [
    `${red('✗')} ${step.what} ${printable(pathOf(step))}`,
    dim(`  ${printable(step.error?.message ?? 'did not work')}`),
  ]);
  if (failed > steps.length) lines.push(dim(`  … and ${formatNumber(failed - steps.length)} more`));
  return lines;
}

/** The first of the steps that were left out, and why: that is what has stayed as it was. */
export async function skippedLines(sd: Sd, plan: Plan, skipped: number): Promise<string[]> {
  const { dim } = sd.out.errorColors;
  const steps = await firstSteps(sd, plan, 'skipped', MOST_SKIPPED);
  const lines = steps.map(
    (step) => `    ${step.what} ${printable(pathOf(step))}: ${printable(step.error?.message ?? '')}`,
  );
  if (skipped > steps.length) lines.push(`    … and ${formatNumber(skipped - steps.length)} more`);
  return lines.map((line) => dim(line));
}

async function firstSteps(sd: Sd, plan: Plan, only: 'failed' | 'skipped', limit: number): Promise<PlanSteps['steps']> {
  const daemon = await sd.daemon();
  return ((await daemon.request('query:plans.steps', { plan_id: plan.plan_id, only, limit })) as PlanSteps).steps;
}

function pathOf({ source, target }: PlanStep): string {
  return source ?? target;
}
