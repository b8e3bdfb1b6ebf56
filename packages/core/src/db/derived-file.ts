import { SdError } from '../errors.ts';
import type { Files } from '../ports/files.ts';
import type { Connection, Sqlite } from '../ports/sqlite.ts';

/** For whoever fills it. */
const WRITER_CACHE_KIB = 8 * 1024;

/** A database beside a library's own that can be made again from it, or from the files. */
export interface DerivedFile {
  readonly tables: readonly string[];
  /** Makes all of them. */
  readonly schema: string;
  readonly format: number;
  formatOf(db: Connection): number | undefined;
  /** Every page is looked at when it is opened; else damage further in shows when it is met. */
  readonly checkPages?: true;
}

export interface DerivedLocation {
  readonly sqlite: Sqlite;
  readonly files: Files;
  /** Native path of the file. */
  readonly path: string;
  readonly key: Uint8Array;
}

/**
 * Opens it for the only one who writes it. What is missing, damaged, of another key or of another format is made anew,
 * empty; `why` says so. Throws `DISK_FULL`, `IO` and whatever else a new file would not mend.
 */
export function openDerived(file: DerivedFile, at: DerivedLocation): { db: Connection; why?: string } {
  if (at.files.facts(at.path) === undefined) return { db: create(file, at), why: 'there was none' };
  let db: Connection | undefined;
  try {
    db = at.sqlite.open({ path: at.path, key: at.key, mode: 'write', cacheKiB: WRITER_CACHE_KIB });
    const problem = problemOf(file, db);
    if (problem === undefined) return { db };
    db.close();
    return { db: recreateDerived(file, at), why: problem };
  } catch (error) {
    db?.close();
    if (!isDamage(error)) throw error;
    return { db: recreateDerived(file, at), why: (error as Error).message };
  }
}

/** Whether a new file is the cure. */
export function isDamage(error: unknown): boolean {
  return error instanceof SdError && (error.code === 'CORRUPT' || error.code === 'WRONG_KEY');
}

export function recreateDerived(file: DerivedFile, at: DerivedLocation): Connection {
  // The database first: what is left of the others without it is nothing SQLite would take for its own.
  for (const suffix of ['', '-wal', '-shm']) if (at.files.facts(at.path + suffix)) at.files.remove(at.path + suffix);
  return create(file, at);
}

function problemOf({ tables, format, formatOf, checkPages }: DerivedFile, db: Connection): string | undefined {
  const found = db
    .prepare<{ n: number }>('SELECT count(*) AS n FROM sqlite_schema WHERE name IN (SELECT value FROM json_each(?))')
    .get(JSON.stringify(tables));
  if (found?.n !== tables.length) return 'it is not whole';
  const has = formatOf(db);
  if (has !== format) return `its format is ${has}`;
  if (!checkPages) return undefined;
  const check = db.prepare<{ quick_check: string }>('PRAGMA quick_check(1)').get()?.quick_check;
  return check === 'ok' ? undefined : `it is damaged: ${check}`;
}

function create({ schema }: DerivedFile, at: DerivedLocation): Connection {
  const db = at.sqlite.open({ path: at.path, key: at.key, mode: 'create', cacheKiB: WRITER_CACHE_KIB });
  try {
    db.exec(`BEGIN IMMEDIATE; ${schema} COMMIT`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
