import { formatTime } from '../format/date.ts';
import { printable } from '../format/text.ts';
import type { Output } from '../output/output.ts';
import { phaseFacts, phaseName } from '../progress/phases.ts';
import type { JobInfo } from '../wire.ts';
import { drawBoard } from './frame.ts';
import type { JobBoard } from './job-board.ts';

/** Not more often than a person can read. */
const FRAME_MS = 100;
/** The waits that are shown get shorter by themselves. */
const TICK_MS = 1_000;

export interface MonitorView {
  /** The board changed; `job` is what an event told, if it was one. */
  changed(board: JobBoard, job?: JobInfo): Promise<void>;
  /** What has been drawn stays; the cursor is below it. */
  end(): void;
}

/** Draws the same lines again and again, in place. */
export function liveView(out: Output): MonitorView {
  const { stdout } = process;
  let board: JobBoard | undefined;
  let drawn = 0;
  let due: NodeJS.Timeout | undefined;
  const draw = (): void => {
    due = undefined;
    if (!board) return;
    const columns = Math.max(20, stdout.columns || 80) - 1;
    const lines = drawBoard(board, { columns, rows: Math.max(8, stdout.rows || 24), colors: out.colors });
    const up = drawn > 0 ? `\u001b[${drawn}A\r` : '';
    // One write a frame, each line cleared as it is drawn: nothing flickers.
    stdout.write(`${up}${lines.map((line) => `\u001b[2K${line}\n`).join('')}\u001b[0J`);
    drawn = lines.length;
  };
  // A terminal that was made narrower has broken the lines that are there: the screen begins anew.
  const resized = (): void => {
    drawn = 0;
    stdout.write('\u001b[2J\u001b[H');
    draw();
  };
  stdout.write('\u001b[?25l');
  stdout.on('resize', resized);
  const ticking = setInterval(draw, TICK_MS);
  return {
    async changed(now) {
      board = now;
      due ??= setTimeout(draw, FRAME_MS);
    },
    end() {
      clearInterval(ticking);
      clearTimeout(due);
      stdout.off('resize', resized);
      draw();
      stdout.write('\u001b[?25h');
    },
  };
}

/** A line per change of a job's state or phase. */
export function plainView(out: Output): MonitorView {
  const said = new Map<string, string>();
  const say = async (job: JobInfo): Promise<void> => {
    const about = `${printable(job.subject)}  ${job.kind}`;
    const state = job.stopping ? `${job.state}, to ${job.stopping}` : job.state;
    const error = job.error ? `: ${printable(job.error.message)}` : '';
    const change = job.state === 'running' ? `${state}  ${phaseName(job)}` : `${state}${error}`;
    if (said.get(job.id) === change) return;
    said.set(job.id, change);
    const facts = job.state === 'running' && job.progress.done > 0 ? `  ${phaseFacts(job).join(', ')}` : '';
    await out.print(`${formatTime(Date.now())}  ${about}  ${change}${facts}`);
  };
  return {
    async changed(board, job) {
      for (const one of job ? [job] : board.goingOn) await say(one);
    },
    end: () => undefined,
  };
}

/** A line per event, as the daemon told it. */
export function jsonView(out: Output): MonitorView {
  return {
    async changed(board, job) {
      for (const one of job ? [job] : board.goingOn) await out.printJson(one);
    },
    end: () => undefined,
  };
}
