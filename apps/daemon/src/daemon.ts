import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DAEMON_FILES, type DaemonRecord, readDaemonRecord } from '@sd/client/node/daemon-files.ts';
import { openCore } from '@sd/core/core.ts';
import type { Pipe } from '@sd/core/rpc/pipe.ts';
import { PROTOCOL_VERSION } from '@sd/core/rpc/protocol.ts';
import type { WatchOptions } from '@sd/core/watching/protocol.ts';
import { nodePlatform } from '@sd/platform-node/platform.ts';
import manifest from '../package.json' with { type: 'json' };
import type { Config } from './config.ts';
import { watchDataFolder } from './data-folder-watch.ts';
import { diagnoseDaemon } from './doctor.ts';
import { hostFacts } from './host-facts.ts';
import type { HttpParts } from './http-handler.ts';
import type { DaemonLog } from './log.ts';
import { ensureToken } from './private-files.ts';
import type { Shutdown } from './shutdown.ts';
import { takeDataFolder } from './single-instance.ts';
import { socketAddress } from './socket-address.ts';
import { type Listener, listenOnSocket } from './socket-server.ts';

export interface DaemonParts {
  readonly dataFolder: string;
  readonly log: DaemonLog;
  readonly config: Config;
  /** Where what is opened is noted, for the way down. */
  readonly shutdown: Shutdown;
  readonly requestStop: (reason: string) => void;
}

/**
 * The way up: the data folder is ours, the core opens, then clients may come. Everything that has been opened is in
 * `shutdown`, also when this throws half-way.
 */
export async function startDaemon({
  dataFolder,
  log,
  config,
  shutdown,
  requestStop,
}: DaemonParts): Promise<DaemonRecord> {
  const began = performance.now();
  const platform = nodePlatform({ dataFolder, log, ...workerEntry() });
  const lock = await takeDataFolder(dataFolder, platform.sqlite);
  shutdown.add('release the data folder', () => lock.release());
  const token = ensureToken(dataFolder, platform.files);

  const listeners: Listener[] = [];
  const host = hostFacts(dataFolder, log.file, listeners);
  const core = await openCore(platform, {
    dataFolder,
    version: manifest.version,
    host: host.read,
    watching: watchOptions(config),
    diagnose: () => diagnoseDaemon({ dataFolder, files: platform.files, record: () => readDaemonRecord(dataFolder) }),
  });
  shutdown.add(
    'wait for the connections to end',
    async () => void (await Promise.all(listeners.map(({ ended }) => ended))),
  );
  shutdown.add('close the core', () => core.close());
  shutdown.add('stop listening', () => listeners.forEach((listener) => listener.stop()));
  core.onStopRequest(() => requestStop('a client asked'));

  const accept = (pipe: Pipe): void => core.accept(pipe, { token });
  const http = { serving: core.serving, token, log };
  const record = await listen(dataFolder, config, accept, http, listeners, host.note);
  platform.files.replaceFile(recordFile(dataFolder), new TextEncoder().encode(`${JSON.stringify(record, null, 2)}\n`), {
    private: true,
  });
  shutdown.add('take back the address', () => rmSync(recordFile(dataFolder), { force: true }));
  shutdown.add('leave the data folder', whileThere(dataFolder, log, requestStop));
  log.info('ready', { ...record, data_folder: dataFolder, took_ms: Math.round(performance.now() - began) });
  return record;
}

async function listen(
  dataFolder: string,
  config: Config,
  accept: (pipe: Pipe) => void,
  http: HttpParts,
  listeners: Listener[],
  note: (facts: Record<string, unknown>) => void,
): Promise<DaemonRecord> {
  const address = socketAddress(dataFolder, process.env);
  listeners.push(await listenOnSocket(address, accept));
  note({ socket: address.path });
  const record: DaemonRecord = {
    pid: process.pid,
    version: manifest.version,
    protocol: PROTOCOL_VERSION,
    started_at: Date.now(),
    socket: address.path,
  };
  if (!config.websocket) return record;
  // Loaded only where it is asked for.
  const [{ listenForWebSockets }, { HttpHandler }] = await Promise.all([
    import('./websocket-server.ts'),
    import('./http-handler.ts'),
  ]);
  const { port, origins } = config.websocket;
  const websocket = await listenForWebSockets(port, origins, accept, new HttpHandler(http));
  listeners.push(websocket);
  note({ websocket_port: websocket.port });
  return { ...record, websocket: { port: websocket.port } };
}

/** A daemon without its data folder is of use to nobody. Without a watch it only stays longer than it need. */
function whileThere(dataFolder: string, log: DaemonLog, requestStop: (reason: string) => void): () => void {
  try {
    return watchDataFolder(dataFolder, () => requestStop('the data folder is gone'));
  } catch (error) {
    log.warn('the data folder is not watched', { error });
    return () => {};
  }
}

/** A bundle has the threads' entry beside it; from sources the platform knows its own. */
function workerEntry(): { workerEntry?: URL } {
  return import.meta.url.endsWith('.js') ? { workerEntry: new URL('./worker-entry.js', import.meta.url) } : {};
}

function recordFile(dataFolder: string): string {
  return join(dataFolder, DAEMON_FILES.record);
}

function watchOptions({ watching: { limit, poll_minutes: minutes } = {} }: Config): WatchOptions {
  return { ...(limit === undefined ? {} : { limit }), ...(minutes === undefined ? {} : { pollMs: minutes * 60_000 }) };
}
