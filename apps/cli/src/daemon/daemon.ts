import type { Client } from '@sd/client/client.ts';

/** The daemon as commands see it: a client that sends `--library` along. */
export interface Daemon extends Pick<Client, 'call' | 'request' | 'subscribe' | 'handshake' | 'closed' | 'close'> {
  /** False where this command started it. */
  readonly wasRunning: boolean;
}
