import { pad, truncate, truncateMiddle, width } from '../format/text.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Gives way when the terminal is too narrow: loses its end, or its middle (paths). */
  readonly shrink?: 'end' | 'middle';
  readonly paint?: (text: string) => string;
}

/** A cell: plain text, or text with a colour of its own. */
export type Cell = string | { readonly text: string; readonly paint: (text: string) => string };

export interface TableOptions {
  /** Columns of the terminal; absent, nothing is cut. */
  readonly columns?: number | undefined;
  readonly paintTitle?: (text: string) => string;
  readonly titles?: boolean;
  /** Least widths, so that one page lines up with the one before. */
  readonly least?: readonly number[];
}

const GAP = 2;
const LEAST_SHRUNK = 8;

/** Aligned columns with two spaces between them: as readable in a terminal as in a pipe. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  options: TableOptions = {},
): string[] {
  const titles = options.titles ?? true;
  const widths = columns.map((column, index) =>
    Math.max(
      options.least?.[index] ?? 0,
      titles ? width(column.title) : 0,
      ...rows.map((row) => width(textOf(row[index]))),
    ),
  );
  if (options.columns !== undefined) fit(columns, widths, options.columns);
  const lines = rows.map((row) => line(columns, widths, row));
  if (!titles) return lines;
  const paintTitle = options.paintTitle ?? ((text: string) => text);
  return [
    paintTitle(
      line(
        columns.map(({ paint: _, ...column }) => column),
        widths,
        columns.map((column) => column.title),
      ),
    ),
    ...lines,
  ];
}

/** The widths that `rows` take, for `least` of the next page. */
export function widthsOf(columns: readonly Column[], rows: readonly (readonly Cell[])[]): number[] {
  return columns.map((column, index) => Math.max(width(column.title), ...rows.map((row) => width(textOf(row[index])))));
}

function fit(columns: readonly Column[], widths: number[], room: number): void {
  let excess = widths.reduce((sum, one) => sum + one, 0) + GAP * (columns.length - 1) - room;
  while (excess > 0) {
    // The widest of those that may shrink gives first.
    const candidates = columns
      .map((column, index) => (column.shrink ? index : -1))
      .filter((index) => index >= 0 && (widths[index] ?? 0) > LEAST_SHRUNK);
    const widest = candidates.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0];
    if (widest === undefined) return;
    const second =
      candidates
        .filter((index) => index !== widest)
        .map((index) => widths[index] ?? 0)
        .toSorted((a, b) => b - a)[0] ?? 0;
    const now = widths[widest] ?? 0;
    const give = Math.min(excess, Math.max(1, now - Math.max(second, LEAST_SHRUNK)));
    widths[widest] = now - give;
    excess -= give;
  }
}

function line(columns: readonly Column[], widths: readonly number[], row: readonly Cell[]): string {
  let out = '';
  let owed = 0;
  columns.forEach((column, index) => {
    const columnWidth = widths[index] ?? 0;
    const cell = row[index];
    const full = textOf(cell);
    const shown =
      width(full) <= columnWidth
        ? full
        : column.shrink === 'middle'
          ? truncateMiddle(full, columnWidth)
          : truncate(full, columnWidth);
    const paint = typeof cell === 'object' ? cell.paint : column.paint;
    const free = columnWidth - width(shown);
    // Spaces are owed until something follows them: no line ends in blanks.
    if (column.align === 'right') owed += free;
    if (shown !== '') {
      out += ' '.repeat(owed) + (paint ? paint(shown) : shown);
      owed = 0;
    }
    owed += GAP + (column.align === 'right' ? 0 : free);
  });
  return out;
}

function textOf(cell: Cell | undefined): string {
  return typeof cell === 'object' ? cell.text : (cell ?? '');
}

/** `Name: value` lines with the values aligned. */
export function facts(
  lines: readonly (readonly [name: string, value: string | undefined])[],
  paintName: (text: string) => string = (text) => text,
): string[] {
  const present = lines.filter((entry): entry is readonly [string, string] => entry[1] !== undefined);
  const widest = Math.max(0, ...present.map(([name]) => width(name)));
  return present.map(([name, value]) => `${paintName(pad(name, widest))}  ${value}`);
}
