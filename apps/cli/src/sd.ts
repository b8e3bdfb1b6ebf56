import type { Daemon } from './daemon/daemon.ts';
import type { Globals } from './declare/globals.ts';
import type { Interrupts } from './interrupts.ts';
import type { Output } from './output/output.ts';

/** What a command has to work with. */
export interface Sd {
  readonly out: Output;
  readonly globals: Globals;
  /** Native path of the daemon's data folder. */
  readonly dataFolder: string;
  readonly interrupts: Interrupts;
  /** The daemon, started if none runs and `start` is not false. One connection per command. */
  daemon(options?: { start?: boolean }): Promise<Daemon>;
}
