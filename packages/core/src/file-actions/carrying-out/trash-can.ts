import { trashedAt, trashedByUuid } from '../../db/library/trashed-places.ts';
import type { FileFacts, ReadConnection, Trashed, UserFiles } from '../../platform.ts';
import type { TrashedItem } from '../index-follower.ts';

interface TrashCanParts {
  readonly db: ReadConnection;
  readonly userFiles: UserFiles;
  readonly newId: () => string;
  /** Of the action. */
  readonly receipt: string;
}

/** Puts things into the trash under an id of ours, by which they are found again. */
export class TrashCan {
  readonly #parts: TrashCanParts;

  constructor(parts: TrashCanParts) {
    this.#parts = parts;
  }

  put(path: string, facts: FileFacts): TrashedItem {
    return this.#item(this.#parts.userFiles.trash(path), facts);
  }

  /** What was put there before a crash, of which nobody heard. */
  found(path: string, facts: Pick<FileFacts, 'inode'> & Partial<FileFacts>): TrashedItem | undefined {
    const trashed = this.#parts.userFiles.findTrashed(path, facts.inode);
    return trashed && this.#item(trashed, { type: 0, size: 0, mtime: 0, device: 0, links: 1, ...facts });
  }

  /** Where a thing with that id lies. */
  of(uuid: string): Trashed | undefined {
    return trashedByUuid(this.#parts.db, uuid);
  }

  #item({ place, note }: Trashed, facts: FileFacts): TrashedItem {
    const { db, newId, receipt } = this.#parts;
    const uuid = trashedAt(db, place) ?? newId();
    return { uuid, place, facts, receipt, ...(note === undefined ? {} : { note }) };
  }
}
