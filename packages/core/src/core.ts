import type { Platform } from './platform.ts';

export interface CoreOptions {
  /** Native path of the data folder: `device.json`, `libraries/`, keys, logs. */
  readonly dataFolder: string;
  readonly version: string;
  /** Also checks what operations answer against their output schema; for tests. */
  readonly checkOutput?: boolean;
  /** What the host measures of itself (memory, sockets), asked at each `core.status`. */
  readonly host?: () => Readonly<Record<string, unknown>>;
}
export declare function openCore(platform: Platform, options: CoreOptions): Promise<Core>;
export interface Core { close(): Promise<void> }
