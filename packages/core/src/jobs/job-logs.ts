import type { JobLogRow, JobLogTable } from '../db/jobs/job-log.ts';
import { uuidFromText } from '../domain/ids.ts';
import { asSdError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { pack, unpack } from './codec.ts';
import type { JobLogLine } from './job-manager.ts';
import { uuidOf } from './record.ts';

/** Per job; older ones go. */
const KEPT_LINES = 1_000;
const FLUSH_AFTER_MS = 250;
/** What a process holds that is killed, at most. */
const MOST_WAITING = 200;
const MOST_MESSAGE = 2_000;
const MOST_FACTS_BYTES = 4_000;

type Line = Omit<JobLogRow, 'line'>;

/** What the jobs of one library said, on disk a moment later: a kind may say much at once. */
export class JobLogs {
  readonly #parts: { readonly table: JobLogTable; readonly clock: Clock; readonly log: Log };
  readonly #waiting = new Map<string, Line[]>();
  #count = 0;
  #cancelFlush: (() => void) | undefined;

  constructor(parts: { table: JobLogTable; clock: Clock; log: Log }) {
    this.#parts = parts;
  }

  add(job: string, level: JobLogLine['level'], message: string, facts?: Readonly<Record<string, unknown>>): void {
    const lines = this.#waiting.get(job) ?? [];
    this.#waiting.set(job, lines);
    lines.push({ at: this.#parts.clock.now(), level, message: message.slice(0, MOST_MESSAGE), facts: packed(facts) });
    if (lines.length > KEPT_LINES) lines.shift();
    else this.#count++;
    if (this.#count >= MOST_WAITING) this.flush();
    else this.#cancelFlush ??= this.#parts.clock.after(FLUSH_AFTER_MS, () => this.flush());
  }

  /** The log of the core, with the lines that are kept with the job as well. */
  keeping(job: string, log: Log): Log {
    const kept =
      (level: JobLogLine['level']): Log['info'] =>
      (message, facts) => {
        log[level](message, facts);
        this.add(job, level, message, facts);
      };
    return {
      debug: (message, facts) => log.debug(message, facts),
      info: kept('info'),
      warn: kept('warn'),
      error: kept('error'),
      child: (facts) => this.keeping(job, log.child(facts)),
    };
  }

  /** Lines after the line `after`, or the last ones; oldest first. */
  read(job: string, { after, limit }: { after?: number; limit: number }): JobLogLine[] {
    this.flush();
    const uuid = uuidFromText(job);
    if (!uuid) return [];
    const { table } = this.#parts;
    return (after === undefined ? table.last(uuid, limit) : table.after(uuid, after, limit)).map(toLine);
  }

  flush(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    try {
      for (const [job, lines] of this.#waiting) {
        this.#parts.table.add(uuidOf(job), lines, KEPT_LINES);
        this.#waiting.delete(job);
      }
      this.#count = 0;
    } catch (error) {
      // No room, say: they are kept as long as memory allows, and tried with the next line.
      this.#parts.log.warn('the log of a job could not be written', { error: asSdError(error).message });
      this.#count = 0;
    }
  }
}

function packed(facts: Readonly<Record<string, unknown>> | undefined): Uint8Array | null {
  if (!facts) return null;
  // Through JSON: what a log is given may be anything, an error with methods included.
  const bytes = pack(JSON.parse(JSON.stringify(facts)) as unknown);
  return bytes.length > MOST_FACTS_BYTES ? null : bytes;
}

function toLine({ line, at, level, message, facts }: JobLogRow): JobLogLine {
  return {
    line,
    at,
    level: level as JobLogLine['level'],
    message,
    ...(facts ? { facts: unpack(facts) as Record<string, unknown> } : {}),
  };
}
