import type { Device } from '../domain/device.ts';
import type { PlainError } from '../errors.ts';
import type { LibraryAccess, LibraryRead } from '../libraries/library.ts';

/** What the main thread asks of a reader thread. */
export type ReaderRequest =
  | { readonly type: 'start'; readonly device: Device; readonly cancelled: SharedArrayBuffer }
  | {
      readonly type: 'query';
      readonly id: number;
      readonly name: string;
      readonly input: unknown;
      readonly library?: LibraryAccess & Pick<LibraryRead, 'name' | 'watches'>;
    }
  | { readonly type: 'close'; readonly id: number; readonly library: string };

/** `json` is the answer as it goes over the wire: the main thread passes it on without looking. */
export type ReaderAnswer =
  | { readonly id: number; readonly json: string }
  | { readonly id: number; readonly error: PlainError };
