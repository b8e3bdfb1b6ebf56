import { SdError } from '../../errors.ts';
import type { Connection, Files, Sqlite } from '../../platform.ts';
import { readTextsMeta } from './meta.ts';
import { TEXTS_FORMAT, TEXTS_SCHEMA } from './schema.ts';

const WRITER_CACHE_KIB = 8 * 1024;

export interface TextsLocation {
  readonly sqlite: Sqlite;
  readonly files: Files;
  /** Native path of the file. */
  readonly path: string;
  readonly key: Uint8Array;
}

/**
 * Opens the texts for the one who writes them. What is missing, damaged, of another key or of another format is made
 * anew, empty; `why` says so. Throws `DISK_FULL`, `IO` and whatever else a new file would not mend.
 */
export function openTexts(at: TextsLocation): { db: Connection; why?: string } {
  if (at.files.facts(at.path) === undefined) return { db: recreateTexts(at), why: 'there was none' };
  let db: Connection | undefined;
  try {
    db = at.sqlite.open({ path: at.path, key: at.key, mode: 'write', cacheKiB: WRITER_CACHE_KIB });
    const problem = problemOf(db);
    if (problem === undefined) return { db };
    db.close();
    return { db: recreateTexts(at), why: problem };
  } catch (error) {
    db?.close();
    if (!isDamage(error)) throw error;
    return { db: recreateTexts(at), why: (error as Error).message };
  }
}

/** Whether a new file is the cure. */
export function isDamage(error: unknown): boolean {
  return error instanceof SdError && (error.code === 'CORRUPT' || error.code === 'WRONG_KEY');
}

/** Not every page is looked at: that takes minutes. Damage further in shows when it is met. */
function problemOf(db: Connection): string | undefined {
  const tables = db
    .prepare<{ n: number }>(
      "SELECT count(*) AS n FROM sqlite_schema WHERE name IN ('meta', 'texts', 'bodies', 'words')",
    )
    .get();
  if (tables?.n !== 4) return 'it is not whole';
  const format = readTextsMeta(db, 'main')?.format;
  return format === TEXTS_FORMAT ? undefined : `its format is ${format}`;
}

export function recreateTexts(at: TextsLocation): Connection {
  // The database first: what is left of the others without it is nothing SQLite would take for its own.
  for (const suffix of ['', '-wal', '-shm']) if (at.files.facts(at.path + suffix)) at.files.remove(at.path + suffix);
  const db = at.sqlite.open({ path: at.path, key: at.key, mode: 'create', cacheKiB: WRITER_CACHE_KIB });
  try {
    db.exec(`BEGIN IMMEDIATE; ${TEXTS_SCHEMA} COMMIT`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
