import { writeSync } from 'node:fs';
import type { Log } from '@sd/core/ports/log.ts';

const STDERR = 2;

/** Warnings and errors as one JSON line each on the error output: for threads and tools that have no log of their own. */
export function lineLog(
  facts: Record<string, unknown> = {},
  write: (line: string) => void = (line) => void writeSync(STDERR, line),
): Log {
  const line =
    (level: string) =>
    (message: string, more: Record<string, unknown> = {}): void =>
      write(`${JSON.stringify({ level, time: Date.now(), ...facts, ...more, msg: message })}\n`);
  const nothing = (): void => undefined;
  return {
    debug: nothing,
    info: nothing,
    warn: line('warn'),
    error: line('error'),
    child: (more) => lineLog({ ...facts, ...more }, write),
  };
}
