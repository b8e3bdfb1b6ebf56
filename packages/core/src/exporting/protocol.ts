import { z } from 'zod';
import type { AuditFilter } from '../domain/audit.ts';
import type { LibraryAccess } from '../libraries/library.ts';
import type { ExportFormat } from './formats.ts';

/**
 * How far an export is. `begin`: nothing was written. `write`: the part has the entries up to `after`. `name`: the part
 * is whole and on the disk; it is to get its name.
 */
export const exportStateSchema = z.object({
  phase: z.enum(['begin', 'write', 'name', 'done']),
  /** The last there was when it began: what comes later is not in it. Id of an entry, or receipt of an action. */
  up_to: z.union([z.int(), z.string()]),
  /** Everything up to this one is written, or not wanted. */
  after: z.union([z.int(), z.string()]),
  /** Entries, or actions, that are written. */
  entries: z.int(),
  /** Bytes of the part that are on the disk. */
  bytes: z.int(),
  /** Private entries that would be among them. */
  left_out: z.int(),
});
export type ExportState = z.infer<typeof exportStateSchema>;

export const EXPORT_BEGIN: ExportState = { phase: 'begin', up_to: 0, after: 0, entries: 0, bytes: 0, left_out: 0 };

/** What is exported: what the library knows of its entries, or its audit. */
export type ExportSubject =
  | { readonly of: 'entries'; readonly scope: ExportScope }
  | { readonly of: 'audit'; readonly filter: AuditFilter };

/** Of which entries: all, those of one location, or of a folder. */
export interface ExportScope {
  /** Row id of the location. */
  readonly location?: number | undefined;
  /** Native path of the folder. */
  readonly within?: string | undefined;
  /** Also what people said to hide or gave a privacy tag. */
  readonly private: boolean;
}

export interface ExportProgress {
  readonly entries: number;
  readonly bytes: number;
  /** What was just written, for people: a native path, or the name of an operation. */
  readonly at: string;
}

/** The first and only message to the thread: it does the phase of `state`, and stops when `stop[0]` is not 0. */
export interface ExportRequest {
  readonly library: LibraryAccess;
  /** This device's slug. */
  readonly device: string;
  readonly subject: ExportSubject;
  readonly format: ExportFormat;
  /** Native path of the file to be. */
  readonly path: string;
  readonly state: ExportState;
  readonly stop: SharedArrayBuffer;
}
