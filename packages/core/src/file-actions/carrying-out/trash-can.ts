import { trashedAt, trashedByUuid } from '../../db/library/trashed-places.ts';
import type { StepFacts } from '../../domain/step.ts';
import type { EntryType, FileFacts, ReadFiles } from '../../ports/files.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { Trashed, UserFiles } from '../../ports/user-files.ts';
import type { TrashedItem } from '../index-follower.ts';
import { NO_INODE, isSameFile } from '../../domain/same-inode.ts';
import type { Inodes } from './inodes.ts';

interface TrashCanParts {
  readonly db: ReadConnection;
  readonly files: ReadFiles;
  readonly userFiles: UserFiles;
  readonly inodes: Inodes;
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
    return this.#item(this.#parts.userFiles.trash(path), this.#lasting(path, facts), uuid);
  }

  /** What was put there before a crash, of which nobody heard. */
  found(path: string, facts: StepFacts, uuid?: string): TrashedItem | undefined {
    const { files, userFiles } = this.#parts;
    const trashed = userFiles.findTrashed(path, facts.inode === NO_INODE ? undefined : facts.inode);
    const there = trashed && files.facts(trashed.place);
    if (!there || !isSameFile(facts, there)) return undefined;
    return this.#item(trashed, this.#lasting(path, { ...facts, type: facts.type as EntryType, links: 1 }), uuid);
  }

  /** What the trash is looked through by, also when the disk was away. */
  #lasting(path: string, facts: FileFacts): FileFacts {
    return { ...facts, inode: this.#parts.inodes.lasting(path, facts).inode };
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
