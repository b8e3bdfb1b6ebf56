import { type EntryFacts, FOLDER, nameOfStored } from '../domain/entry.ts';
import { contentUuid } from '../domain/ids.ts';
import { kindByName } from '../domain/kinds.ts';
import type { FileFacts } from '../platform.ts';
import type { IndexedChild } from './index-rows.ts';

/** An entry as the index alone has it. */
export function fromIndex({ row, sums }: IndexedChild): EntryFacts {
  return {
    name: nameOfStored(row.name),
    type: row.type,
    kind: row.kind,
    size: row.type === FOLDER ? (sums?.bytes ?? 0) : row.size,
    mtime: row.mtime,
    id: row.id,
    uuid: row.uuid,
    contentUuid: row.hash && contentUuid(row.hash),
    ...(sums ? { folder: sums } : {}),
  };
}

/**
 * An entry as the disk has it now, with what the index knows of it. What the index learned from its content holds only
 * while size and time are the same. A folder's size is what lies in it, where that is known.
 */
export function fromDisk(
  name: string,
  facts: FileFacts,
  indexed: IndexedChild | undefined,
  target?: string,
): EntryFacts {
  const { type, size, mtime, links } = facts;
  const known = indexed?.row.type === type ? indexed : undefined;
  const shown = target === undefined ? {} : { target };
  if (!known)
    return { name, type, kind: kindByName(type, name), size: type === FOLDER ? 0 : size, mtime, links, ...shown };
  const { row, sums } = known;
  const same = row.size === size && row.mtime === mtime;
  return {
    name,
    type,
    kind: row.kind,
    size: type === FOLDER ? (sums?.bytes ?? 0) : size,
    mtime,
    links,
    id: row.id,
    uuid: row.uuid,
    contentUuid: same && row.hash ? contentUuid(row.hash) : null,
    ...(sums ? { folder: sums } : {}),
    ...shown,
  };
}

/** A name that is listed, while the system tells nothing else of it. */
export function withoutFacts(name: string, type: number): EntryFacts {
  return { name, type, kind: kindByName(type, name), size: 0, mtime: 0 };
}
