import type { LibraryAccess } from '../libraries/library.ts';
import type { Carrier, TravelFacts } from './facts.ts';

/** Some files on their way: the first and only message to the thread. It stops when `stop[0]` is not 0. */
export interface TravelRequest {
  readonly library: LibraryAccess;
  readonly direction: 'export' | 'import';
  readonly carriers: readonly Carrier[];
  readonly entries: readonly number[];
  /** Private tags go along. */
  readonly private: boolean;
  readonly stop: SharedArrayBuffer;
}

/** What came of them. */
export interface Travelled {
  readonly done: number;
  /** Files something was written of; of an import, in which something was found. */
  readonly carried: number;
  readonly problems: readonly { readonly item: string; readonly reason: string }[];
  /** Of an import: what each file brought. */
  readonly found: readonly FoundFacts[];
}
export interface FoundFacts {
  readonly entry: number;
  readonly facts: TravelFacts;
}

export interface TravelProgress {
  readonly done: number;
  /** Native path. */
  readonly path: string;
}
