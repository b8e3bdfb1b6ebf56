import { type EntryFacts, FOLDER, nameOfStored } from '../domain/entry.ts';
import { contentUuidText, dashed } from '../domain/ids.ts';
import { kindByName } from '../domain/kinds.ts';
import type { FileFacts } from '../ports/files.ts';
import type { IndexedChild } from './index-rows.ts';

/** An entry as the index alone has it. */
export function fromIndex({ row, sums }: IndexedChild): EntryFacts {
  return {
    name: nameOfStored(row.name),
    type: row.type,
    kind: row.kind,
    size: row.type === FOLDER ? (sums?.bytes ?? 0) : row.size,
    mtime: row.mtime,
    links: undefined,
    id: row.id,
    uuid: row.uuid && dashed(row.uuid),
    contentUuid: row.content && contentUuidText(row.content),
    folder: sums,
    target: undefined,
  };
}

/**
 * An entry as the disk has it now, with what the index knows of it. What the index learned from its content holds only
 * while size and time are the same. A folder's size is what lies in it, where that is known.
 */
export function fromDisk(
  name: string,
  disk: FileFacts,
  indexed: IndexedChild | undefined,
  target?: string,
): EntryFacts {
  const { type, size, mtime, links } = disk;
  const known = indexed?.row.type === type ? indexed : undefined;
  const row = known?.row;
  const same = row !== undefined && row.size === size && row.mtime === mtime;
  return {
    name,
    type,
    kind: row?.kind ?? kindByName(type, name),
    size: type === FOLDER ? (known?.sums?.bytes ?? 0) : size,
    mtime,
    links,
    id: row?.id,
    uuid: row?.uuid && dashed(row.uuid),
    contentUuid: same && row.content !== '' ? contentUuidText(row.content) : undefined,
    folder: known?.sums,
    target,
  };
}

/** A name that is listed, while the system tells nothing else of it. */
export function withoutFacts(name: string, type: number): EntryFacts {
  return { name, type, kind: kindByName(type, name), size: 0, mtime: 0 };
}
