import type { Finding } from './doctor/finding.ts';
import type { WatchOptions } from './watching/protocol.ts';

/** How a core is opened. */
export interface CoreOptions {
  /** Native path of the data folder: `device.json`, `libraries/`, keys. It exists. */
  readonly dataFolder: string;
  readonly version: string;
  /** Also checks what operations answer against their output schema; for tests. */
  readonly checkOutput?: boolean;
  readonly watching?: WatchOptions;
  /** What the host measures of itself (memory, sockets), asked at each `core.status`. */
  readonly host?: () => Readonly<Record<string, unknown>>;
  /** What the host finds of its own part (sockets, files, programs), asked at each `core.doctor`. */
  readonly diagnose?: () => Promise<readonly Finding[]>;
}
