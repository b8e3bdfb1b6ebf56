import { JOB_PRIORITIES, type JobPriority } from './job-manager.ts';

/** What decides whether a job may run beside others. */
export interface QueueItem {
  readonly id: string;
  readonly library: string;
  readonly kind: string;
  readonly priority: JobPriority;
  readonly created_at: number;
  /** See `JobKind.exclusive`. */
  readonly exclusive: string | undefined;
}
export interface RunningItem extends QueueItem {
  /** It has been told to stop and will. */
  readonly stopping: boolean;
}

export interface QueueLimits {
  /** How many jobs run at once, over all libraries. */
  readonly total: number;
  /** How many of one kind. */
  ofKind(kind: string): number;
}

/** The job to start next: of the highest priority, the oldest that stands in no running job's way. */
export function nextJob<J extends QueueItem>(
  queued: readonly J[],
  running: readonly QueueItem[],
  limits: QueueLimits,
): J | undefined {
  if (running.length >= limits.total) return undefined;
  return inTurn(queued).find((job) => fits(job, running, limits));
}

/**
 * A running job that is to come to its checkpoint and queue again: one too many since the limits were lowered, or one in
 * the background that keeps a job from starting which somebody waits for.
 */
export function givesWay<J extends RunningItem>(
  queued: readonly QueueItem[],
  running: readonly J[],
  limits: QueueLimits,
): J | undefined {
  const staying = running.filter((job) => !job.stopping);
  const lastFirst = inTurn(staying).reverse();
  const tooMany = lastFirst.find(
    (job) => staying.length > limits.total || ofKind(staying, job.kind) > limits.ofKind(job.kind),
  );
  if (tooMany) return tooMany;
  const background = lastFirst.filter(({ priority }) => priority === 'background');
  // What starts as soon as others have stopped takes its place before the next is looked at.
  const taken: QueueItem[] = [...staying];
  for (const job of inTurn(queued.filter(({ priority }) => priority === 'user'))) {
    const inTheWay = background.find((other) => fits(job, without(taken, other), limits));
    if (inTheWay && !fits(job, taken, limits)) return inTheWay;
    if (fits(job, taken, limits)) taken.push(job);
  }
  return undefined;
}

function inTurn<J extends QueueItem>(jobs: readonly J[]): J[] {
  return [...jobs].sort((a, b) => rank(a) - rank(b) || a.created_at - b.created_at);
}
function rank({ priority }: QueueItem): number {
  return JOB_PRIORITIES.indexOf(priority);
}

function fits(job: QueueItem, running: readonly QueueItem[], limits: QueueLimits): boolean {
  if (running.length >= limits.total || ofKind(running, job.kind) >= limits.ofKind(job.kind)) return false;
  return (
    job.exclusive === undefined ||
    !running.some((other) => other.library === job.library && other.exclusive === job.exclusive)
  );
}

function ofKind(jobs: readonly QueueItem[], kind: string): number {
  return jobs.filter((job) => job.kind === kind).length;
}
function without(jobs: readonly QueueItem[], job: QueueItem): QueueItem[] {
  return jobs.filter((other) => other !== job);
}
