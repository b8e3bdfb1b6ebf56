import { formatStamp } from '../format/date.ts';
import { pad, printable } from '../format/text.ts';
import type { Output } from '../output/output.ts';
import type { JobLogLine } from '../wire.ts';

/** From the least to the most important, as pino numbers them: 20, 30, 40, 50. */
export const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];

export interface LogRecord {
  readonly level: number;
  readonly time: number;
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export function levelOf(level: Level): number {
  return 20 + 10 * LEVELS.indexOf(level);
}

/** `undefined` where the line is no record, such as the words of a crash. */
export function readRecord(line: string): LogRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { level, time, msg, ...facts } = value as Record<string, unknown>;
  const stamp = typeof time === 'string' ? Date.parse(time) : time;
  const number = typeof level === 'string' ? levelOf(level as Level) : level;
  if (typeof number !== 'number' || typeof stamp !== 'number') return undefined;
  return { level: number, time: stamp, message: typeof msg === 'string' ? msg : '', facts };
}

/** A line for people; below it where an error came from, if it says so. */
export function drawRecord(record: LogRecord, out: Output): string {
  const { cyan, dim, red, yellow } = out.colors;
  const name = LEVELS.findLast((level) => levelOf(level) <= record.level) ?? 'debug';
  const paint = { debug: dim, info: cyan, warn: yellow, error: red }[name];
  const { error, ...facts } = record.facts;
  const { message, stack } = errorOf(error);
  const shown = Object.entries(facts).map(
    ([key, value]) => ` ${key}=${printable(typeof value === 'string' ? value : JSON.stringify(value))}`,
  );
  const head = `${dim(formatStamp(record.time))}  ${paint(pad(name, 5))}  ${printable(record.message)}`;
  return [
    `${head}${message === undefined ? '' : `: ${printable(message)}`}${dim(shown.join(''))}`,
    ...stack.map((line) => dim(`    ${printable(line)}`)),
  ].join('\n');
}

/** A line of a job's log, as one of the daemon's. */
export function drawLogLine({ at, level, message, facts = {} }: JobLogLine, out: Output): string {
  return drawRecord({ time: at, level: levelOf(level), message, facts }, out);
}

function errorOf(error: unknown): { message: string | undefined; stack: string[] } {
  if (error === undefined || typeof error === 'string') return { message: error, stack: [] };
  const { message, stack } = (error ?? {}) as { message?: unknown; stack?: unknown };
  if (typeof message !== 'string') return { message: JSON.stringify(error), stack: [] };
  const lines = typeof stack === 'string' ? stack.split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return { message, stack: lines.map((line) => line.trim()) };
}
