import { z } from 'zod';
import type { LibraryAccess } from '../libraries/library.ts';
import type { ExportFormat } from './formats.ts';

/**
 * How far an export is. `begin`: nothing was written. `write`: the part has the entries up to `after`. `name`: the part
 * is whole and on the disk; it is to get its name.
 */
export const exportStateSchema = z.object({
  phase: z.enum(['begin', 'write', 'name', 'done']),
  /** The last entry there was when it began: what is found later is not in it. */
  up_to: z.int(),
  /** Every entry up to this id is written, or not wanted. */
  after: z.int(),
  entries: z.int(),
  /** Bytes of the part that are on the disk. */
  bytes: z.int(),
});
export type ExportState = z.infer<typeof exportStateSchema>;

export const EXPORT_BEGIN: ExportState = { phase: 'begin', up_to: 0, after: 0, entries: 0, bytes: 0 };

/** What of a library is exported: all of it, one location, or a folder of one. */
export interface ExportScope {
  /** Row id of the location. */
  readonly location?: number | undefined;
  /** Native path of the folder. */
  readonly within?: string | undefined;
}

export interface ExportProgress {
  readonly entries: number;
  readonly bytes: number;
  /** Native path of an entry just written. */
  readonly path: string;
}

/** The first and only message to the thread: it does the phase of `state`, and stops when `stop[0]` is not 0. */
export interface ExportRequest {
  readonly library: LibraryAccess;
  /** This device's slug. */
  readonly device: string;
  readonly scope: ExportScope;
  readonly format: ExportFormat;
  /** Native path of the file to be. */
  readonly path: string;
  readonly state: ExportState;
  readonly stop: SharedArrayBuffer;
}
