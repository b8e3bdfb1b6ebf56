import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAEMON_FILES } from '@sd/client/node/daemon-files.ts';
import { SdError } from '@sd/core/errors.ts';
import { LOG_LEVELS, type LogLevel } from './log.ts';

/** `config.json` in the data folder; there need not be one. */
export interface Config {
  readonly log?: LogLevel;
  /** Listens for WebSockets; `origins` are the web pages that may connect, e.g. `http://localhost:5173`. */
  readonly websocket?: { readonly port: number; readonly origins: readonly string[] };
  /** `limit`: at most so many folders of a library are watched; `poll_minutes`: how often the others are looked at. */
  readonly watching?: { readonly limit?: number; readonly poll_minutes?: number };
}

/** Throws `INVALID_INPUT` for a file that says something else: a setting that is ignored would be a lie. */
export function readConfig(dataFolder: string): Config {
  const file = join(dataFolder, DAEMON_FILES.config);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  try {
    return config(JSON.parse(text));
  } catch (error) {
    throw new SdError('INVALID_INPUT', `${file}: ${error instanceof Error ? error.message : error}`, {
      way_out: 'correct the file, or remove it',
    });
  }
}

function config(value: unknown): Config {
  const { log, websocket, watching, ...unknown } = object(value, 'the configuration');
  refuseUnknown(unknown);
  return {
    ...(log === undefined ? {} : { log: level(log) }),
    ...(websocket === undefined ? {} : { websocket: websocketConfig(websocket) }),
    ...(watching === undefined ? {} : { watching: watchingConfig(watching) }),
  };
}

function websocketConfig(value: unknown): NonNullable<Config['websocket']> {
  const { port = 0, origins = [], ...unknown } = object(value, 'websocket');
  refuseUnknown(unknown, 'websocket.');
  if (!Number.isInteger(port) || (port as number) < 0 || (port as number) > 65_535)
    throw new Error('websocket.port must be a port, or 0 for any that is free');
  if (!Array.isArray(origins) || !origins.every((origin) => typeof origin === 'string'))
    throw new Error('websocket.origins must be a list of texts');
  return { port: port as number, origins };
}

function watchingConfig(value: unknown): NonNullable<Config['watching']> {
  const { limit, poll_minutes, ...unknown } = object(value, 'watching');
  refuseUnknown(unknown, 'watching.');
  if (limit !== undefined && !(Number.isInteger(limit) && (limit as number) >= 0))
    throw new Error('watching.limit must be a number of folders');
  if (poll_minutes !== undefined && !(typeof poll_minutes === 'number' && poll_minutes > 0))
    throw new Error('watching.poll_minutes must be a number above 0');
  return {
    ...(limit === undefined ? {} : { limit: limit as number }),
    ...(poll_minutes === undefined ? {} : { poll_minutes }),
  };
}

/** Throws for a word that is no level. */
export function level(value: unknown): LogLevel {
  const known = LOG_LEVELS.find((one) => one === value);
  if (!known) throw new Error(`the log level must be one of ${LOG_LEVELS.join(', ')}, not ${JSON.stringify(value)}`);
  return known;
}

function object(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${what} must be an object`);
  return value as Record<string, unknown>;
}

function refuseUnknown(rest: Record<string, unknown>, where = ''): void {
  const [first] = Object.keys(rest);
  if (first !== undefined) throw new Error(`there is no setting ${where}${first}`);
}
