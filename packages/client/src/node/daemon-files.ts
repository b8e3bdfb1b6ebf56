import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files in a data folder by which daemon and clients find each other. */
export const DAEMON_FILES = {
  /** Where the daemon listens; written when it does, removed when it stops. */
  record: 'daemon.json',
  /** 32 random bytes in hex, 0600: who can read it may connect. */
  token: 'token',
  /** Held as long as a daemon lives. */
  lock: 'daemon.lock',
  logs: 'logs',
  log: 'daemon.log',
  /** What a daemon prints before its log is open, or when it crashes. */
  output: 'daemon.out',
  config: 'config.json',
} as const;

/** The daemon's exit code where another one holds the data folder. */
export const EXIT_ALREADY_RUNNING = 75;

/** `daemon.json`. */
export interface DaemonRecord {
  readonly pid: number;
  readonly version: string;
  readonly protocol: number;
  /** Milliseconds since the epoch. */
  readonly started_at: number;
  /** Unix socket or named pipe. */
  readonly socket: string;
  readonly websocket?: { readonly port: number };
}

/** `undefined` where no daemon says that it runs; it may still be a leftover of one that was killed. */
export function readDaemonRecord(dataFolder: string): DaemonRecord | undefined {
  try {
    const record = JSON.parse(
      readFileSync(join(dataFolder, DAEMON_FILES.record), 'utf8'),
    ) as Partial<DaemonRecord> | null;
    return typeof record?.socket === 'string' && typeof record.pid === 'number' ? (record as DaemonRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** `undefined` where there is none yet. Throws where it cannot be read. */
export function readToken(dataFolder: string): string | undefined {
  try {
    return readFileSync(join(dataFolder, DAEMON_FILES.token), 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
