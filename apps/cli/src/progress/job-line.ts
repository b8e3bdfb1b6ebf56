import { truncate, width } from '../format/text.ts';
import type { Output } from '../output/output.ts';
import type { JobInfo } from '../wire.ts';
import { barAndFacts } from './bar.ts';
import { phaseFacts, phaseName, phaseOver, phaseShare, whatIsWaitedFor } from './phases.ts';

const BAR = 20;
/** Without a terminal, a line now and then is enough for a log. */
const PLAIN_INTERVAL_MS = 10_000;

interface JobProgressView {
  show(job: JobInfo): void;
  /** Takes the moving line away; the phases that are over stay. */
  end(): void;
}

/** Progress of one job on standard error: one moving line in a terminal, a plain line per phase elsewhere. */
export function jobProgress(out: Output): JobProgressView {
  if (out.quiet || out.json) return { show: () => undefined, end: () => undefined };
  return out.interactive ? movingLine(out) : plainLines(out);
}

function movingLine(out: Output): JobProgressView {
  const { stderr } = process;
  let before: JobInfo | undefined;
  const clear = (): void => void stderr.write('\r\u001b[K');
  const over = (job: JobInfo): void => {
    const outcome = phaseOver(job);
    if (outcome !== undefined) stderr.write(`${out.errorColors.green('✓')} ${outcome}\n`);
  };
  const waits = waitingSayer(out);
  return {
    show(job) {
      clear();
      for (const line of waits(job)) stderr.write(`${line}\n`);
      if (before?.state === 'running' && before.progress.phase !== job.progress.phase) over(before);
      if (job.state === 'completed') over(job);
      else stderr.write(draw(job, Math.max(20, stderr.columns || 80) - 1, out));
      before = job;
    },
    end: clear,
  };
}

/** Says what a job waits for when it begins to: the moving line has no room for it, and elsewhere there is none. */
function waitingSayer({ errorColors }: Output): (job: JobInfo) => string[] {
  let said: string | undefined;
  return (job) => {
    const [what, ...more] = whatIsWaitedFor(job) ?? [];
    if (what === undefined || what === said) return [];
    said = what;
    return [`${errorColors.yellow('!')} waiting: ${what}`, ...more];
  };
}

function draw(job: JobInfo, room: number, out: Output): string {
  const { bold } = out.errorColors;
  const name = phaseName(job);
  const share = job.state === 'running' && room >= 60 ? phaseShare(job) : undefined;
  const columns = room - width(name) - 2;
  return `${bold(truncate(name, room))}  ${barAndFacts(job, share, { columns, bar: BAR, colors: out.errorColors })}`;
}

function plainLines(out: Output): JobProgressView {
  let phase: string | undefined;
  let printed = 0;
  const waits = waitingSayer(out);
  return {
    show(job) {
      out.remark(...waits(job));
      const now = performance.now();
      const isNew = phase !== job.progress.phase;
      const facts = phaseFacts(job);
      if (job.state !== 'running' || facts.length === 0 || (!isNew && now - printed < PLAIN_INTERVAL_MS)) return;
      phase = job.progress.phase;
      printed = now;
      out.remark(`${phaseName(job)}: ${facts.join(', ')}`);
    },
    end: () => undefined,
  };
}
