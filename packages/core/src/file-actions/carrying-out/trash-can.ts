import { trashedAt, trashedByUuid } from '../../db/library/trashed-places.ts';
import type { StepFacts } from '../../domain/step.ts';
import type { EntryType, FileFacts } from '../../ports/files.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { Trashed, UserFiles } from '../../ports/user-files.ts';
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

  /** `uuid`: the one it had when it was there before. */
  put(path: string, facts: FileFacts, uuid?: string): TrashedItem {
    return this.#item(this.#parts.userFiles.trash(path), facts, uuid);
  }

  /** What was put there before a crash, of which nobody heard. */
  found(path: string, facts: StepFacts, uuid?: string): TrashedItem | undefined {
    const trashed = this.#parts.userFiles.findTrashed(path, facts.inode);
    return trashed && this.#item(trashed, { ...facts, type: facts.type as EntryType, links: 1 }, uuid);
  }

  /** Where a thing with that id lies. */
  of(uuid: string): Trashed | undefined {
    return trashedByUuid(this.#parts.db, uuid);
  }

  #item({ place, note }: Trashed, facts: FileFacts, before: string | undefined): TrashedItem {
    const { db, newId, receipt } = this.#parts;
    const again = before !== undefined && !trashedByUuid(db, before) ? before : undefined;
    const uuid = trashedAt(db, place) ?? again ?? newId();
    return { uuid, place, facts, receipt, ...(note === undefined ? {} : { note }) };
  }
}
