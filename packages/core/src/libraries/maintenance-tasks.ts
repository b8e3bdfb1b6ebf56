import { checkLibraryDatabase, integrity } from '../db/check.ts';
import { measureLibrary } from '../db/library/measure.ts';
import { libraryFormat } from '../db/library-format.ts';
import { SdError } from '../errors.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { Connection } from '../ports/sqlite.ts';
import { type SurveyedDatabase, quickCheck, surveyDatabase } from './survey.ts';

/** A database of a library and what opens it. */
export interface KeyedDatabase {
  readonly path: string;
  readonly key: Uint8Array;
}

/** Work on whole databases, each run in a thread: it takes longer than the main thread has. */
export interface MaintenanceTasks {
  /** Integrity of every page, and of what must agree; `problems` is empty where all is well. */
  check(task: KeyedDatabase & { library: string }): { checked: string[]; problems: string[] };
  /** Integrity of every page of any database of ours. */
  check_pages(task: KeyedDatabase): { problems: string[] };
  /** As `check_pages`, in a fraction of its time: not whether indexes hold what their tables do. */
  quick_check(task: KeyedDatabase): { problems: string[] };
  /** What is in `library.db`, for a doctor. */
  survey(task: KeyedDatabase): SurveyedDatabase;
  /**
   * A copy that was read back: its pages are whole, and its format, if it is a library's, is one we know. One `for` use
   * is in WAL mode already: a crash in its first opening could else leave a rollback journal, which no reader may play back.
   */
  copy(task: { from: KeyedDatabase; to: KeyedDatabase; library: boolean; for: 'use' | 'keeping' }): { bytes: number };
  migrate(task: KeyedDatabase): { from: number; to: number };
  /** Moves what is in the log into the database; `whole` empties the log too, with nobody else at it. */
  checkpoint(task: KeyedDatabase & { whole: boolean }): { left: number };
  measure(task: KeyedDatabase): { entries: number; locations: number; revision: number };
  passphrase_key(task: {
    passphrase: string;
    salt: Uint8Array;
    cost: { memoryKiB: number; passes: number; lanes: number };
  }): Promise<{ key: Uint8Array }>;
}
export type MaintenanceTask = {
  [Name in keyof MaintenanceTasks]: { readonly name: Name; readonly task: Parameters<MaintenanceTasks[Name]>[0] };
}[keyof MaintenanceTasks];
export type MaintenanceResult<Name extends keyof MaintenanceTasks> = Awaited<ReturnType<MaintenanceTasks[Name]>>;

const CACHE_KIB = 8 * 1024;

export function maintenanceTasks({ sqlite, files, hashing }: ThreadPlatform, format = libraryFormat): MaintenanceTasks {
  function using<T>({ path, key }: KeyedDatabase, mode: 'read' | 'write', work: (connection: Connection) => T): T {
    const connection = sqlite.open({ path, key, mode, cacheKiB: CACHE_KIB });
    try {
      return work(connection);
    } finally {
      connection.close();
    }
  }

  return {
    check: (task) =>
      using(task, 'read', (connection) => {
        const broken = integrity(connection);
        // With pages broken, what the queries say of the rest would mean nothing.
        if (broken.length > 0) return { checked: ['pages'], problems: broken };
        const { checked, problems } = checkLibraryDatabase(connection, task.library);
        return { checked: ['pages', ...checked], problems };
      }),
    check_pages: (task) => ({ problems: using(task, 'read', integrity) }),
    quick_check: (task) => ({ problems: using(task, 'read', quickCheck) }),
    survey: (task) => using(task, 'read', surveyDatabase),
    copy: ({ from, to, library, for: purpose }) => {
      sqlite.copy({ from: from.path, key: from.key, to: to.path, toKey: to.key });
      const look = (copy: Connection): void => {
        if (library) format.check(copy, to.path);
        const problems = integrity(copy);
        if (problems.length > 0)
          throw new SdError('CORRUPT', `${from.path} is damaged: ${problems[0]}`, { path: from.path, problems });
      };
      using(to, purpose === 'use' ? 'write' : 'read', look);
      return { bytes: files.facts(to.path)?.size ?? 0 };
    },
    migrate: (task) => format.migrate(sqlite, task),
    checkpoint: (task) =>
      using(task, 'write', (connection) => {
        connection.prepare(`PRAGMA wal_checkpoint(${task.whole ? 'TRUNCATE' : 'PASSIVE'})`).get();
        return { left: files.facts(`${task.path}-wal`)?.size ?? 0 };
      }),
    measure: (task) => using(task, 'read', measureLibrary),
    passphrase_key: async ({ passphrase, salt, cost }) => ({
      key: await hashing.passphraseKey(passphrase, salt, cost),
    }),
  };
}
