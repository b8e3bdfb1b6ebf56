import { formatDate } from '../format/date.ts';
import { formatNumber } from '../format/number.ts';
import { formatSize } from '../format/size.ts';
import { printable } from '../format/text.ts';
import type { Output } from '../output/output.ts';
import type { Cell, Column } from '../output/table.ts';
import type { EntryView } from '../wire.ts';

export interface EntryTableStyle {
  /** Whole paths instead of names. */
  readonly paths?: boolean;
  /** Exact bytes instead of rounded units. */
  readonly bytes?: boolean;
  /** What people said of them, in a column of its own. */
  readonly marks?: boolean;
}

export function entryColumns(out: Output, style: EntryTableStyle = {}): Column[] {
  const { dim } = out.colors;
  return [
    { title: 'Kind', paint: dim },
    { title: 'Size', align: 'right' },
    { title: 'Modified', paint: dim },
    style.paths ? { title: 'Path', shrink: 'middle' } : { title: 'Name', shrink: 'end' },
    ...(style.marks ? [{ title: 'Tags', shrink: 'end' } as const] : []),
  ];
}

export function entryRow(entry: EntryView, out: Output, style: EntryTableStyle = {}): Cell[] {
  return [
    kindWord(entry),
    sizeOf(entry, style.bytes ?? false),
    formatDate(entry.modified),
    {
      text: `${shownName(entry, style.paths ?? false)}${entry.offline ? '  (offline)' : ''}`,
      paint: painter(entry, out),
    },
    ...(style.marks ? [marksShown(entry)] : []),
  ];
}

/** `♥ ★★★ Beach, Lisbon`. */
function marksShown({ favorite, rating, tags }: EntryView): string {
  const names = tags?.map(({ name }) => printable(name)).join(', ');
  return [favorite ? '♥' : '', rating === undefined ? '' : '★'.repeat(rating), names ?? ''].filter(Boolean).join(' ');
}

/** Whether people said anything of it that a list shows. */
export function hasMarks({ favorite, rating, tags }: EntryView): boolean {
  return favorite === true || rating !== undefined || (tags?.length ?? 0) > 0;
}

/** Bytes of the file, or of all that lies in the folder; empty where nobody has counted them. */
export function sizeOf(entry: EntryView, exact = false): string {
  const bytes = bytesOf(entry);
  if (bytes === undefined) return '';
  return exact ? formatNumber(bytes) : formatSize(bytes);
}

export function bytesOf(entry: EntryView): number | undefined {
  if (entry.type === 'folder') return entry.folder?.bytes;
  return entry.type === 'file' ? entry.size : undefined;
}

/** A name for people: a folder ends in a slash, a link says where it leads. */
export function shownName(entry: EntryView, whole: boolean): string {
  const name = printable(whole ? entry.native_path : entry.name);
  if (entry.type === 'folder') return name.endsWith('/') ? name : `${name}/`;
  if (entry.type === 'symlink' && entry.target !== undefined) return `${name} → ${printable(entry.target)}`;
  return name;
}

export function painter(entry: EntryView, out: Output): (text: string) => string {
  const { blue, bold, cyan, dim, green, magenta, red, yellow } = out.colors;
  if (entry.offline) return dim;
  if (entry.type === 'folder') return (text) => bold(blue(text));
  if (entry.type === 'symlink') return cyan;
  if (entry.type === 'other') return yellow;
  const paints: Readonly<Record<string, (text: string) => string>> = {
    image: magenta,
    video: magenta,
    audio: cyan,
    archive: red,
    package: red,
    disk_image: red,
    executable: green,
    encrypted: yellow,
    key: yellow,
  };
  return paints[entry.kind] ?? ((text) => text);
}

function kindWord(entry: EntryView): string {
  return (entry.kind === 'unknown' ? 'file' : entry.kind).replaceAll('_', ' ');
}
