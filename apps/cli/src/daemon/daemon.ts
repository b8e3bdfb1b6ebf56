import type { WireEvent } from '../wire.ts';

/** The daemon as commands see it. */
export interface Daemon {
  /** True where it ran already, false where this command started it. */
  readonly wasRunning: boolean;
  readonly version: string;
  /** Calls a method. `--library` goes along with every operation. */
  call<T>(method: string, params?: Readonly<Record<string, unknown>>): Promise<T>;
  subscribe(filter: EventFilter, onEvent: (event: WireEvent, cursor: string) => void): Promise<{ readonly cursor: string; readonly gap: boolean; end(): Promise<void> }>;
  /** Resolves when the connection is gone. */
  readonly closed: Promise<unknown>;
  close(): void;
}

export interface EventFilter {
  readonly resources?: readonly string[];
  readonly library?: string;
  readonly path?: string;
  readonly cursor?: string;
}
