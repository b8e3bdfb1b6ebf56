import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAEMON_FILES } from '@sd/client/node/daemon-files.ts';
import type { Log } from '@sd/core/ports/log.ts';
import { type Logger, pino, stdSerializers } from 'pino';
import { createStream } from 'rotating-file-stream';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The log keeps its newest 60 MB. */
const ROTATE = { size: '10M', files: 5 } as const;

export interface DaemonLog extends Log {
  /** Native path. */
  readonly file: string;
  /** Writes before it returns, for the last words of a process. */
  lastWords(message: string, facts: Readonly<Record<string, unknown>>): void;
  /** Resolves when everything is in the file. */
  end(): Promise<void>;
}

/** One JSON object a line, in `<data folder>/logs/daemon.log`; beside it up to five older files. `echo` also prints. */
export function openLog(dataFolder: string, level: LogLevel, echo: boolean): DaemonLog {
  const folder = join(dataFolder, DAEMON_FILES.logs);
  const file = join(folder, DAEMON_FILES.log);
  const stream = createStream((index) => rotatedName(index as number | null), {
    path: folder,
    size: ROTATE.size,
    rotate: ROTATE.files,
    mode: 0o600,
  });
  // A full disk must not end the daemon. The lines are lost; what cannot be written cannot be told here either.
  stream.on('error', () => {});
  const options = {
    level,
    base: null,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: stdSerializers.err },
  };
  const logger = pino(options, stream);
  return {
    ...adapt(logger, echo),
    file,
    lastWords: (message, facts) => {
      const line = JSON.stringify({ level: 'error', time: Date.now(), ...facts, msg: message });
      try {
        appendFileSync(file, `${line}\n`);
      } finally {
        process.stderr.write(`${line}\n`);
      }
    },
    end: () => new Promise((resolve) => stream.end(resolve)),
  };
}

function rotatedName(index: number | null): string {
  return index ? DAEMON_FILES.log.replace('.log', `.${index}.log`) : DAEMON_FILES.log;
}

function adapt(logger: Logger, echo: boolean): Log {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, facts: Record<string, unknown> = {}): void => {
      logger[level](facts, message);
      if (echo && logger.isLevelEnabled(level))
        process.stderr.write(forPeople(level, message, { ...logger.bindings(), ...facts }));
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (facts) => adapt(logger.child(facts), echo),
  };
}

function forPeople(level: string, message: string, facts: Readonly<Record<string, unknown>>): string {
  const shown = Object.entries(facts).map(
    ([name, value]) =>
      ` ${name}=${value instanceof Error ? (value.stack ?? value.message) : typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return `${new Date().toTimeString().slice(0, 8)} ${level.padEnd(5)} ${message}${shown.join('')}\n`;
}
