import { csvHeader, csvLine } from './csv.ts';
import type { ExportedEntry } from './exported-entry.ts';

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How a format writes entries; each is one line, whatever is in its names. */
export interface LineFormat {
  /** Before the first entry. */
  readonly header: string;
  readonly headerLines: number;
  line(entry: ExportedEntry): string;
  /** What an entry takes beside its path, which it holds twice; measured over folders of all sorts. In bytes. */
  readonly usualBytes: number;
}

export const LINE_FORMATS: Readonly<Record<ExportFormat, LineFormat>> = {
  ndjson: { header: '', headerLines: 0, line: (entry) => `${JSON.stringify(entry)}\n`, usualBytes: 420 },
  csv: { header: csvHeader(), headerLines: 1, line: csvLine, usualBytes: 250 },
};

/** The usual length of a path and its name, in an address and for people. */
const USUAL_PATHS = 200;

/** What an action of the audit takes, as people's actions go. */
const USUAL_ACTION = 600;

export function estimateAuditBytes(actions: number): number {
  return actions * USUAL_ACTION;
}

/** About how many bytes an export of so many entries will have. */
export function estimateBytes(format: ExportFormat, entries: number): number {
  return LINE_FORMATS[format].header.length + entries * (LINE_FORMATS[format].usualBytes + USUAL_PATHS);
}
