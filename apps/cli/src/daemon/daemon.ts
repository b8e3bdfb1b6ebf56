import type { Client } from '@sd/client/client.ts';

/** The daemon as commands see it: a client that sends `--library` along. */
export interface Daemon extends Pick<Client, 'subscribe' | 'handshake' | 'closed' | 'close'> {
  /** False where this command started it. */
  readonly wasRunning: boolean;
  call<T>(method: string, params?: Readonly<Record<string, unknown>>): Promise<T>;
}
