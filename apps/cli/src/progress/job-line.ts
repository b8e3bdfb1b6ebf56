import { truncate, width } from '../format/text.ts';
import type { Output } from '../output/output.ts';
import type { JobInfo } from '../wire.ts';
import { phaseFacts, phaseName, phaseShare, shareText } from './phases.ts';

const BAR = 20;
/** Without a terminal, a line now and then is enough for a log. */
const PLAIN_INTERVAL_MS = 10_000;

interface JobProgressView {
  show(job: JobInfo): void;
  /** Takes the moving line away; the phases that are done stay. */
  end(): void;
}

/** Progress of one job on standard error: one moving line in a terminal, a plain line per phase elsewhere. */
export function jobProgress(out: Output): JobProgressView {
  if (out.quiet || out.json) return { show: () => undefined, end: () => undefined };
  return out.interactive ? movingLine(out) : plainLines(out);
}

function movingLine(out: Output): JobProgressView {
  const { stderr } = process;
  let phase: string | undefined;
  let last = '';
  const clear = (): void => void stderr.write('\r\u001b[K');
  const finish = (): void => {
    clear();
    if (last !== '') stderr.write(`${out.errorColors.green('✓')} ${last}\n`);
    last = '';
  };
  return {
    show(job) {
      if (phase !== undefined && phase !== job.progress.phase) finish();
      if (job.state === 'completed' || job.state === 'queued') phase = undefined;
      else phase = job.progress.phase;
      if (job.state === 'completed' || job.state === 'cancelled' || job.state === 'failed') return;
      last = phase === undefined ? '' : doneLine(job);
      clear();
      stderr.write(draw(job, Math.max(20, stderr.columns || 80) - 1, out));
    },
    end: () => {
      clear();
    },
  };
}

function draw(job: JobInfo, room: number, out: Output): string {
  const { bold, cyan, dim } = out.errorColors;
  const name = phaseName(job.state === 'queued' ? '' : job.progress.phase);
  const share = phaseShare(job);
  const withBar = share !== undefined && room >= 60;
  const bar = withBar
    ? `${cyan('━'.repeat(Math.round(share * BAR)))}${dim('━'.repeat(BAR - Math.round(share * BAR)))} ${shareText(share).padStart(5)}  `
    : '';
  let left = room - width(name) - 2 - (withBar ? BAR + 8 : 0);
  const shown: string[] = [];
  for (const fact of phaseFacts(job)) {
    const needs = width(fact) + (shown.length > 0 ? 3 : 0);
    if (needs > left) break;
    shown.push(fact);
    left -= needs;
  }
  return `${bold(truncate(name, room))}  ${bar}${shown.join(' · ')}`;
}

function doneLine(job: JobInfo): string {
  const { done, bytes } = job.progress;
  const facts = phaseFacts({ ...job, progress: { phase: job.progress.phase, done, bytes, rate: 0 } });
  return done > 0 ? `${phaseName(job.progress.phase)}  ${facts.join(' · ')}` : phaseName(job.progress.phase);
}

function plainLines(out: Output): JobProgressView {
  let phase: string | undefined;
  let printed = 0;
  return {
    show(job) {
      const now = performance.now();
      const isNew = phase !== job.progress.phase;
      if (job.state !== 'running' || (!isNew && now - printed < PLAIN_INTERVAL_MS)) return;
      phase = job.progress.phase;
      printed = now;
      out.remark(`${phaseName(phase)}: ${phaseFacts(job).join(', ')}`);
    },
    end: () => undefined,
  };
}
