import type { Listener } from './socket-server.ts';

export interface HostFacts {
  /** Everything, measured now. */
  readonly read: () => Readonly<Record<string, unknown>>;
  /** Adds what is known once it is known. */
  readonly note: (facts: Readonly<Record<string, unknown>>) => void;
}

/** What `core.status` says of the process. RSS includes the worker threads: they share it. */
export function hostFacts(dataFolder: string, logFile: string, listeners: readonly Listener[]): HostFacts {
  const known: Record<string, unknown> = {
    pid: process.pid,
    node: process.versions.node,
    data_folder: dataFolder,
    log_file: logFile,
  };
  return {
    note: (facts) => void Object.assign(known, facts),
    read: () => ({
      ...known,
      rss_bytes: process.memoryUsage.rss(),
      cpu_ms: Math.round(process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000),
      sockets: listeners.reduce((sum, listener) => sum + listener.connections, 0),
    }),
  };
}
