import { type NamesMeta, readMeta, writeMeta } from '../../db/names/meta.ts';
import { NAMES_SCHEMA } from '../../db/names/schema.ts';
import type { Connection, ReadConnection } from '../../ports/sqlite.ts';
import { fillOnce } from './fill.ts';
import { recountGrams } from './gram-counts.ts';
import { mergeIndex } from './merge.ts';
import { type LibraryWrite, reindexRenamed } from './renames.ts';

/** Rows per commit: what a crash costs, and what is held in memory between two. */
const COMMIT_ROWS = 32_768;
/** From here on it is cheaper to count all trigrams at the end than each name's on the way. */
const BULK_ROWS = 50_000;
/** Postings of names that are no more; above this share, and this number, the index is built anew. */
const STALE_SHARE = 0.25;
const STALE_ROWS = 50_000;

export interface BuilderParts {
  /** The index, to write. */
  readonly names: Connection;
  readonly library: ReadConnection;
  readonly writeLibrary: LibraryWrite;
  /** Asked between two commits. */
  readonly stopped: () => boolean;
  readonly progress: (meta: NamesMeta) => void;
}

/**
 * Brings the index up to date with every entry below `bound`. It can be ended at any instant: what is committed counts,
 * and the next call goes on from there. Answers false where it was stopped before the end.
 */
export function buildIndex(parts: BuilderParts, bound: number): boolean {
  let meta = startingPoint(parts, bound);
  for (let exhausted = false; !exhausted;) {
    if (parts.stopped()) return false;
    const filled = fillOnce(parts.names, parts.library, meta, {
      bound,
      rows: COMMIT_ROWS,
      countGrams: meta.state === 'ready',
    });
    ({ exhausted, ...meta } = filled);
    checkpoint(parts.names);
    parts.progress(meta);
  }
  for (let more = true; more;) {
    if (parts.stopped()) return false;
    ({ more, ...meta } = reindexRenamed(parts.names, parts.library, parts.writeLibrary, meta));
  }
  return finish(parts, meta);
}

function finish(parts: BuilderParts, meta: NamesMeta): boolean {
  const { names, stopped } = parts;
  mergeIndex(names, meta.state === 'building', () => {
    checkpoint(names);
    return !stopped();
  });
  if (stopped()) return false;
  if (meta.state === 'building') {
    inTransaction(names, () => {
      recountGrams(names);
      writeMeta(names, { ...meta, state: 'ready' });
    });
    parts.progress({ ...meta, state: 'ready' });
  }
  // Gives the room of the log back; waits for readers, which is no matter here.
  names.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return true;
}

/** Where to go on from; an index that does not fit the library, or is stale in large part, starts over. */
function startingPoint({ names, library }: BuilderParts, bound: number): NamesMeta {
  const found = readMeta(names, 'main');
  if (!found) throw new Error('the text index has no meta row');
  const revision = library.prepare<{ revision: number }>('SELECT revision FROM write_state').get()?.revision ?? 0;
  const meta = { ...found, revision };
  // The library has gone back in time (a backup was restored): ids may mean other entries now.
  if (revision < found.revision || isStale(library, found)) return startOver(names, revision);
  if (meta.state === 'ready' && bound - meta.mark > Math.max(BULK_ROWS, 4 * meta.docs)) {
    const bulk: NamesMeta = { ...meta, state: 'building' };
    inTransaction(names, () => writeMeta(names, bulk));
    return bulk;
  }
  return meta;
}

function isStale(library: ReadConnection, { docs, mark }: NamesMeta): boolean {
  if (docs < STALE_ROWS) return false;
  const live = library.prepare<{ n: number }>('SELECT count(*) AS n FROM entries WHERE id <= ?').get(mark)?.n ?? 0;
  return docs - live > Math.max(STALE_ROWS, docs * STALE_SHARE);
}

function startOver(names: Connection, revision: number): NamesMeta {
  inTransaction(names, () => {
    names.exec(`DROP TABLE trigrams; DROP TABLE grams; DROP TABLE meta; ${NAMES_SCHEMA}`);
    names.prepare('UPDATE meta SET revision = ?').run(revision);
  });
  const meta = readMeta(names, 'main');
  if (!meta) throw new Error('the text index has no meta row');
  return meta;
}

/** Moves what readers do not hold into the file, so that the log does not outgrow it. */
function checkpoint(names: Connection): void {
  names.exec('PRAGMA wal_checkpoint(PASSIVE)');
}

function inTransaction(names: Connection, work: () => void): void {
  names.exec('BEGIN IMMEDIATE');
  try {
    work();
    names.exec('COMMIT');
  } catch (error) {
    names.exec('ROLLBACK');
    throw error;
  }
}
