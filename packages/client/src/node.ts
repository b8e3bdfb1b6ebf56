import { type Client, type ConnectOptions, connect } from './client.ts';
import { RpcError } from './errors.ts';
import { readDaemonRecord, readToken } from './node/daemon-files.ts';
import { dialSocket } from './node/socket-pipe.ts';

export interface DaemonOptions extends Omit<ConnectOptions, 'token'> {
  /** Native path, see `resolveDataFolder`. */
  readonly dataFolder: string;
  /** Starts a daemon where none runs. */
  readonly start: boolean;
  /** Called when one is about to be started. */
  readonly onStart?: () => void;
}

export interface DaemonConnection {
  readonly client: Client;
  /** `false`: it was started for this connection. */
  readonly wasRunning: boolean;
}

/**
 * Connects to the daemon of a data folder. Throws `RpcError`: `NOT_RUNNING` where none runs and none may be started,
 * `NOT_READABLE` where the folder or socket belongs to somebody else, and what the daemon says where it does not start.
 */
export async function connectToDaemon(options: DaemonOptions): Promise<DaemonConnection> {
  const running = await connectToRunning(options);
  if (running) return { client: running, wasRunning: true };
  if (!options.start) throw notRunning(options.dataFolder);
  options.onStart?.();
  // Loaded when needed: most commands meet a running daemon.
  const { startDaemon } = await import('./node/start-daemon.ts');
  await startDaemon(options.dataFolder);
  const started = await connectToRunning(options);
  if (!started) throw notRunning(options.dataFolder);
  return { client: started, wasRunning: false };
}

/** `undefined` where no daemon listens. */
async function connectToRunning({ dataFolder, ...options }: DaemonOptions): Promise<Client | undefined> {
  try {
    const record = readDaemonRecord(dataFolder);
    const token = record && readToken(dataFolder);
    if (!record || token === undefined) return undefined;
    return connect(await dialSocket(record.socket), { ...options, token });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return undefined;
    throw new RpcError('NOT_READABLE', `the daemon of ${dataFolder} cannot be reached: ${message}`, {
      way_out: 'is it your own data folder? See --data-dir and SD_DATA_DIR',
    });
  }
}

function notRunning(dataFolder: string): RpcError {
  return new RpcError('NOT_RUNNING', `no daemon runs for ${dataFolder}`, { way_out: 'sd start' });
}
