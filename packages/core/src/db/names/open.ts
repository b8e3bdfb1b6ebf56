import { SdError } from '../../errors.ts';
import type { Connection, Files, Sqlite } from '../../platform.ts';
import { readMeta } from './meta.ts';
import { NAMES_FORMAT, NAMES_SCHEMA } from './schema.ts';

/** For the burst of a build; the builder's thread ends with it. */
const BUILDER_CACHE_KIB = 8 * 1024;

export interface NamesLocation {
  readonly sqlite: Sqlite;
  readonly files: Files;
  /** Native path of the file. */
  readonly path: string;
  readonly key: Uint8Array;
}

/**
 * Opens the index for its builder, the only one who writes it. What is missing, damaged, of another key or of another
 * format is made anew; `why` says so. Throws `DISK_FULL`, `IO` and whatever else a new file would not mend.
 */
export function openNames(at: NamesLocation): { db: Connection; why?: string } {
  if (at.files.facts(at.path) === undefined) return { db: create(at), why: 'there was none' };
  let db: Connection | undefined;
  try {
    db = at.sqlite.open({ path: at.path, key: at.key, mode: 'write', cacheKiB: BUILDER_CACHE_KIB });
    const problem = problemOf(db);
    if (problem === undefined) return { db };
    db.close();
    return { db: recreate(at), why: problem };
  } catch (error) {
    db?.close();
    if (!isBeyondRepair(error)) throw error;
    return { db: recreate(at), why: (error as Error).message };
  }
}

/** Whether a new file is the cure. */
export function isBeyondRepair(error: unknown): boolean {
  return error instanceof SdError && (error.code === 'CORRUPT' || error.code === 'WRONG_KEY');
}

function problemOf(db: Connection): string | undefined {
  const tables = db
    .prepare<{ n: number }>("SELECT count(*) AS n FROM sqlite_schema WHERE name IN ('meta', 'grams', 'trigrams')")
    .get();
  if (tables?.n !== 3) return 'it is not whole';
  const format = readMeta(db, 'main')?.format;
  if (format !== NAMES_FORMAT) return `its format is ${format}`;
  const check = db.prepare<{ quick_check: string }>('PRAGMA quick_check(1)').get()?.quick_check;
  return check === 'ok' ? undefined : `it is damaged: ${check}`;
}

function create(at: NamesLocation): Connection {
  const db = at.sqlite.open({ path: at.path, key: at.key, mode: 'create', cacheKiB: BUILDER_CACHE_KIB });
  try {
    db.exec(`BEGIN IMMEDIATE; ${NAMES_SCHEMA} COMMIT`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

export function recreate(at: NamesLocation): Connection {
  // The database first: what is left of the others without it is nothing SQLite would take for its own.
  for (const suffix of ['', '-wal', '-shm']) if (at.files.facts(at.path + suffix)) at.files.remove(at.path + suffix);
  return create(at);
}
