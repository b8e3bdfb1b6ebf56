import type { DiskChange, IndexFollower, IndexFollowerParts } from '../../file-actions/index-follower.ts';
import type { PassedReport } from '../../watching/protocol.ts';
import { presenceOf } from '../../locations/presence.ts';
import { Keeper } from '../keeping/keeper.ts';
import { LibraryWriter } from '../library-writer.ts';
import { Places } from '../passes/places.ts';
import { placeOfTrashed } from '../../db/library/trashed.ts';
import { Batch, type Following } from './batch.ts';
import { ChildNames } from './child-names.ts';
import { followChanged, followCreated } from './created.ts';
import { FollowReport } from './follow-report.ts';
import { IndexPaths } from './index-paths.ts';
import { LookAgain } from './look-again.ts';
import { lookOnceMore } from './look-once-more.ts';
import { followMoved, followRestored } from './moved.ts';
import { followRemoved } from './removed.ts';

/** The thread stays for a while after an action. */
const CACHE_KIB = 8 * 1024;

/** See `IndexFollower`. */
export class LibraryFollower implements IndexFollower {
  readonly #parts: IndexFollowerParts;
  readonly #following: Following;

  constructor(parts: IndexFollowerParts) {
    const { platform, library, owner, pace } = parts;
    const writer = new LibraryWriter(platform, library, owner, pace.cacheKiB(CACHE_KIB));
    const now = (): number => platform.clock.now();
    this.#parts = parts;
    this.#following = {
      writer,
      files: platform.files,
      names: new ChildNames(writer.db),
      keeper: new Keeper({ writer, files: platform.files, now }),
      report: new FollowReport(),
      look: new LookAgain(),
      now,
    };
  }

  follow(changes: readonly DiskChange[]): void {
    if (changes.length === 0) return;
    const { writer, names, keeper, look } = this.#following;
    // What an end between two writes has left comes first.
    keeper.finish();
    const paths = this.#paths();
    for (const change of changes) this.#prepare(change, paths);
    try {
      writer.write((tx) => {
        names.catchUp(tx.revision - 1);
        const batch = new Batch(tx, this.#following, paths);
        batch.sources.read(batch, changes);
        for (const change of changes) apply(batch, change);
        batch.flush();
        names.wrote(tx.revision);
      });
    } catch (error) {
      names.clear();
      keeper.failed();
      throw error;
    }
    for (const folder of paths.behind) look.at(folder);
    keeper.finish();
  }

  finish(): void {
    lookOnceMore(this.#following, {
      clock: this.#parts.platform.clock,
      hashing: this.#parts.platform.hashing,
      places: this.#places(),
      pace: this.#parts.pace,
      isThere: (location) => presenceOf(location.row, this.#following.files) === 'online',
    });
  }

  report(): PassedReport {
    return this.#following.report.take(this.#places());
  }

  close(): void {
    this.#following.writer.close();
  }

  /** What comes back and is large comes into the index before the write that gives it its place. */
  #prepare(change: DiskChange, paths: IndexPaths): void {
    const { keeper, writer } = this.#following;
    const from =
      change.type === 'restored'
        ? placeOfTrashed(writer.db, change.trashed)
        : change.type === 'moved'
          ? change.from
          : undefined;
    if (from !== undefined && !paths.locationOf(from)) keeper.prepare(from);
  }

  #places(): Places {
    return new Places(this.#following.writer.db, this.#parts.library.deviceId);
  }

  #paths(): IndexPaths {
    const { writer, files } = this.#following;
    return new IndexPaths({
      db: writer.db,
      files,
      deviceId: this.#parts.library.deviceId,
      dataFolder: writer.dataFolder,
      isThere: (location) => presenceOf(location.row, files) === 'online',
    });
  }
}

function apply(batch: Batch, change: DiskChange): void {
  switch (change.type) {
    case 'created':
      return followCreated(batch, change);
    case 'moved':
      return followMoved(batch, change);
    case 'removed':
      return followRemoved(batch, change);
    case 'restored':
      return followRestored(batch, change);
    case 'changed':
      return followChanged(batch, change);
  }
}
