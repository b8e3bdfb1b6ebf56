import type { ReadConnection } from '../ports/sqlite.ts';
import { EntryReader } from './entry-reader.ts';
import { type ExportFormat, LINE_FORMATS } from './formats.ts';
import type { LineBounds, LinePage, LineSource } from './line-source.ts';
import type { ExportScope } from './protocol.ts';

/** Entries in the order of their ids. */
export class EntryLines implements LineSource {
  readonly #reader: EntryReader;
  readonly #format: ExportFormat;

  constructor(db: ReadConnection, device: string, scope: ExportScope, format: ExportFormat) {
    this.#reader = new EntryReader(db, device, scope);
    this.#format = format;
  }

  get header(): string {
    return LINE_FORMATS[this.#format].header;
  }

  page({ after, upTo, limit }: LineBounds): LinePage | undefined {
    const page = this.#reader.page({ after: Number(after), upTo: Number(upTo), limit });
    return (
      page && {
        lines: page.entries.map(LINE_FORMATS[this.#format].line),
        after: page.after,
        at: page.entries.at(-1)?.native_path,
        leftOut: page.leftOut,
      }
    );
  }

  forget(): void {
    this.#reader.forget();
  }
}
