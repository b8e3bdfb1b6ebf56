/** What decides whether a job may run beside others. */
export interface QueueItem {
  readonly id: string;
  readonly library: string;
  readonly kind: string;
  readonly created_at: number;
  /** See `JobKind.exclusive`. */
  readonly exclusive: string | undefined;
}

export interface QueueLimits {
  /** How many jobs run at once, over all libraries. */
  readonly total: number;
  /** How many of one kind. */
  ofKind(kind: string): number;
}

/** The job to start next: the oldest that stands in no running job's way. */
export function nextJob<J extends QueueItem>(
  queued: readonly J[],
  running: readonly QueueItem[],
  limits: QueueLimits,
): J | undefined {
  if (running.length >= limits.total) return undefined;
  const oldestFirst = [...queued].sort((a, b) => a.created_at - b.created_at);
  return oldestFirst.find((job) => fits(job, running, limits));
}

function fits(job: QueueItem, running: readonly QueueItem[], limits: QueueLimits): boolean {
  if (running.filter(({ kind }) => kind === job.kind).length >= limits.ofKind(job.kind)) return false;
  return (
    job.exclusive === undefined ||
    !running.some((other) => other.library === job.library && other.exclusive === job.exclusive)
  );
}
