import type { Clock } from '../ports/clock.ts';
import type { JobProgress } from './job-manager.ts';
import type { JobProgressReport } from './kind.ts';

/** Least time between two pictures of the progress. */
export const PROGRESS_INTERVAL_MS = 100;
/** The rate is that of the last few seconds: what happened before says little of what comes. */
const WINDOW_MS = 5_000;
/** Below this a rate is noise, and so would be a remaining time made from it. */
const LEAST_SPAN_MS = 500;

interface Sample {
  readonly at: number;
  readonly done: number;
  readonly bytes: number;
}

/** Turns a job's reports into pictures with rate and remaining time, not more often than anyone can look. */
export class ProgressMeter {
  readonly #clock: Clock;
  readonly #show: (progress: JobProgress) => void;
  #samples: Sample[] = [];
  #latest: JobProgress;
  #phase: string | undefined;
  #shownAt = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, before: JobProgress, show: (progress: JobProgress) => void) {
    this.#clock = clock;
    this.#latest = before;
    this.#show = show;
  }

  /** The picture of the last report. */
  get latest(): JobProgress {
    return this.#latest;
  }

  report(report: JobProgressReport): void {
    const now = this.#clock.monotonic();
    this.#sample(report, now);
    this.#latest = this.#picture(report);
    if (this.#cancelTimer) return;
    const wait = this.#shownAt + PROGRESS_INTERVAL_MS - now;
    if (wait <= 0) this.#showNow();
    else this.#cancelTimer = this.#clock.after(wait, () => this.#showNow());
  }

  /** No more pictures after this; the rate of a job that stands still is 0. */
  end(): JobProgress {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const { remaining_ms: _, ...rest } = this.#latest;
    return { ...rest, rate: 0 };
  }

  #showNow(): void {
    this.#cancelTimer = undefined;
    this.#shownAt = this.#clock.monotonic();
    this.#show(this.#latest);
  }

  #sample(report: JobProgressReport, now: number): void {
    if (report.phase !== this.#phase) this.#samples = [];
    this.#phase = report.phase;
    const last = this.#samples.at(-1);
    if (last && now - last.at < PROGRESS_INTERVAL_MS) return;
    this.#samples.push({ at: now, done: report.done, bytes: report.bytes ?? 0 });
    while (this.#samples.length > 2 && now - (this.#samples[0]?.at ?? now) > WINDOW_MS) this.#samples.shift();
  }

  #picture(report: JobProgressReport): JobProgress {
    const first = this.#samples[0];
    const span = first ? this.#clock.monotonic() - first.at : 0;
    const measured = first !== undefined && span >= LEAST_SPAN_MS;
    const rate = measured ? ((report.done - first.done) * 1000) / span : 0;
    const byteRate = measured ? (((report.bytes ?? 0) - first.bytes) * 1000) / span : 0;
    const remaining = longest(
      left(report.total, report.done, rate),
      left(report.bytes_total, report.bytes ?? 0, byteRate),
    );
    return {
      phase: report.phase,
      done: report.done,
      ...(report.total === undefined ? {} : { total: report.total }),
      bytes: report.bytes ?? 0,
      ...(report.bytes_total === undefined ? {} : { bytes_total: report.bytes_total }),
      rate: Math.max(0, Math.round(rate * 10) / 10),
      ...(remaining === undefined ? {} : { remaining_ms: remaining }),
      ...(report.detail === undefined ? {} : { detail: report.detail }),
    };
  }
}

function left(total: number | undefined, done: number, rate: number): number | undefined {
  if (total === undefined || rate <= 0) return undefined;
  return Math.max(0, Math.round(((total - done) / rate) * 1000));
}

/** Many small items take their time by count, few large ones by bytes: the slower of the two is nearer the truth. */
function longest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
