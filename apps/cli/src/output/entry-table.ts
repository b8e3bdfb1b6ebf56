import { type EntryTableStyle, entryColumns, entryRow, hasMarks } from '../shared/entries.ts';
import type { EntryView } from '../wire.ts';
import type { Output } from './output.ts';
import { table, widthsOf } from './table.ts';

/** Prints entries page by page under one heading; the pages line up with the first. */
export function entryTable(out: Output, style: EntryTableStyle = {}): (entries: readonly EntryView[]) => Promise<void> {
  let shown = style;
  let least: readonly number[] | undefined;
  return async (entries) => {
    if (entries.length === 0) return;
    const titles = least === undefined;
    // The first page says which columns there are.
    if (titles) shown = { ...style, marks: entries.some(hasMarks) };
    const columns = entryColumns(out, shown);
    const rows = entries.map((entry) => entryRow(entry, out, shown));
    await out.print(
      ...table(columns, rows, { columns: out.columns, paintTitle: out.colors.dim, titles, least: least ?? [] }),
    );
    least ??= widthsOf(columns, rows);
  };
}
