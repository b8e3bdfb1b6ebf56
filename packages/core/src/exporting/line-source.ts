import type { ReadConnection } from '../ports/sqlite.ts';
import { AuditLines } from './audit-lines.ts';
import { EntryLines } from './entry-lines.ts';
import type { ExportFormat } from './formats.ts';
import type { ExportState, ExportSubject } from './protocol.ts';

/** Where reading goes on, and where it ends. */
export interface LineBounds {
  readonly after: ExportState['after'];
  readonly upTo: ExportState['up_to'];
  readonly limit: number;
}
/** Lines of a page, those that are not wanted left out, and the place up to which it goes. */
export interface LinePage {
  readonly lines: readonly string[];
  readonly after: ExportState['after'];
  /** The last of them, for people. */
  readonly at: string | undefined;
  /** How many more there would be, were private ones asked for. */
  readonly leftOut: number;
}

/** What is exported, line by line in an order that stays: each page as it is when it is read. */
export interface LineSource {
  readonly header: string;
  /** `undefined`: there are no more. */
  page(bounds: LineBounds): LinePage | undefined;
  /** Forgets what may have changed since. */
  forget(): void;
}

export function lineSource(
  db: ReadConnection,
  device: string,
  subject: ExportSubject,
  format: ExportFormat,
): LineSource {
  return subject.of === 'audit'
    ? new AuditLines(db, subject.filter, format)
    : new EntryLines(db, device, subject.scope, format);
}
