import { printable, width } from '../format/text.ts';

/** Columns shown on both sides of the place, where the text is long. */
const AROUND = 60;

/** A text, and under it marks where something is wrong with it. */
export function pointed(text: string, { start, length }: { start: number; length: number }): string[] {
  const end = start + length;
  const from = Math.max(0, start - AROUND);
  const to = Math.min(text.length, end + AROUND);
  const head = (from > 0 ? '…' : '') + printable(text.slice(from, start));
  const place = printable(text.slice(start, end));
  const tail = printable(text.slice(end, to)) + (to < text.length ? '…' : '');
  return [head + place + tail, ' '.repeat(width(head)) + '^'.repeat(Math.max(1, width(place)))];
}
