import type { Dispatcher } from './dispatcher.ts';
import type { Device } from './domain/device.ts';
import type { EventBus } from './events.ts';
import type { LibraryDirectory } from './libraries/library-manager.ts';
import { nativePathOf } from './locations/check-path.ts';
import type { Operation } from './operation.ts';
import type { Platform } from './platform.ts';
import type { RpcHost } from './rpc/host.ts';

export interface RpcHostParts {
  readonly dispatcher: Pick<Dispatcher, 'call'>;
  readonly operations: readonly Operation[];
  readonly events: EventBus;
  readonly platform: Platform;
  readonly version: string;
  readonly device: Device;
  readonly libraries: LibraryDirectory;
  readonly newId: () => string;
}

/** What connections need of the core. */
export function coreRpcHost({
  dispatcher,
  operations,
  events,
  platform,
  version,
  device,
  libraries,
  newId,
}: RpcHostParts): RpcHost {
  return {
    dispatcher,
    operations,
    events,
    version,
    device,
    newId,
    clock: platform.clock,
    log: platform.log,
    libraryId: (idOrName) => libraries.find(idOrName).id,
    nativePath: (text) => nativePathOf(text, device.slug),
  };
}
