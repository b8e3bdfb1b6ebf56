import { exactPath } from '../shared/exact-path.ts';
import type { EntryView } from '../wire.ts';
import { entryTable } from './entry-table.ts';
import type { Output } from './output.ts';

const ZERO = Buffer.from([0]);

/** Prints what a search found: as a table, as paths on lines, or as exact paths each ended by a zero byte. */
export function printFound(
  out: Output,
  { bare, bytes }: { bare: 'null' | 'paths' | undefined; bytes: boolean },
): (entries: readonly EntryView[]) => Promise<void> {
  if (bare === 'null')
    return (entries) => out.write(Buffer.concat(entries.flatMap((entry) => [exactPath(entry), ZERO])));
  if (bare === 'paths') return (entries) => out.print(...entries.map((entry) => entry.native_path));
  return entryTable(out, { paths: true, bytes });
}
