import type { LibraryFormat } from '../db/library-format.ts';
import type { Device } from '../domain/device.ts';
import type { EventBus } from '../events.ts';
import type { Platform } from '../platform.ts';
import type { KnownFolders } from './known-folders.ts';
import type { LibraryKeys } from './keys.ts';
import type { OpenLibrary } from './library.ts';
import type { Maintenance } from './maintenance.ts';
import type { TaskThread } from './task-thread.ts';

/** What others do when a library opens and closes. */
export interface LibraryHooks {
  /** It is open: its jobs go on. */
  opened(library: OpenLibrary): void | Promise<void>;
  /** It is about to close: its jobs stop at a checkpoint, and every thread lets go of its files. */
  closing(library: OpenLibrary): void | Promise<void>;
}

/** What the parts of the library manager share. */
export interface LibraryServices {
  readonly platform: Pick<Platform, 'sqlite' | 'files' | 'clock' | 'random' | 'log'>;
  readonly device: Device;
  readonly events: EventBus;
  readonly keys: LibraryKeys;
  readonly maintenance: Pick<Maintenance, 'run'>;
  readonly tasks: TaskThread;
  readonly format: LibraryFormat;
  readonly folders: KnownFolders;
  readonly newId: () => string;
  readonly hooks: LibraryHooks;
}
