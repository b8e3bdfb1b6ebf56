import type { Call } from '../dispatcher.ts';
import type { Device } from '../domain/device.ts';
import type { EventBus } from '../events.ts';
import type { Operation } from '../operation.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';

/** What the RPC layer needs of the core. */
export interface RpcHost {
  readonly dispatcher: { call(call: Call): Promise<unknown> };
  readonly operations: readonly Operation[];
  readonly events: EventBus;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly device: Pick<Device, 'id' | 'name' | 'slug'>;
  newId(): string;
  /** The id of a library named by id or name. Throws `NOT_FOUND`. */
  libraryId(idOrName: string): string;
  /** The native path a client means: an SdPath of this device or a plain absolute path. Throws `INVALID_INPUT`. */
  nativePath(text: string): string;
}
