import { ACTIONS_FILE } from '../db/actions/open.ts';
import { JOBS_FILE } from '../db/jobs/open.ts';
import { NAMES_FILE } from '../db/names/schema.ts';
import { TEXTS_FILE } from '../db/texts/schema.ts';
import { FOLDER } from '../domain/entry.ts';
import { SdError } from '../errors.ts';
import { findRecord, knownRecord, openRecord, sameName } from './directory.ts';
import { DATABASE_FILE } from './library-files.ts';
import type { BackupFacts, LibraryDirectory, LibraryInfo, LibrarySummary } from './library-manager.ts';
import type { OpenLibrary } from './library.ts';
import { Lifecycle } from './lifecycle.ts';
import { checkedName, freeFolder } from './names.ts';
import { type LibraryRecord, summaryOf } from './record.ts';
import { inspectBackup } from './restore.ts';
import type { LibraryServices } from './services.ts';
import type { LibrarySurvey } from './survey.ts';

/** The databases beside the library's own. */
const BESIDE = [
  ['jobs', JOBS_FILE],
  ['actions', ACTIONS_FILE],
  ['names', NAMES_FILE],
  ['texts', TEXTS_FILE],
] as const;

/** The libraries this device knows, to look at. */
export class LibraryShelf implements LibraryDirectory {
  protected readonly services: LibraryServices;
  protected readonly lifecycle: Lifecycle;
  /** By id, in the order they came. */
  protected readonly records = new Map<string, LibraryRecord>();

  constructor(services: LibraryServices) {
    this.services = services;
    this.lifecycle = new Lifecycle(services);
  }

  list(): LibrarySummary[] {
    return this.all().map((record) => summaryOf(this.#lookedAt(record)));
  }

  find(idOrName: string): LibrarySummary {
    return summaryOf(this.#lookedAt(findRecord(this.all(), idOrName)));
  }

  known(wanted: string): LibrarySummary | undefined {
    const record = this.all().find((one) => one.folder === wanted) ?? knownRecord(this.all(), wanted);
    return record && summaryOf(this.#lookedAt(record));
  }

  freeName(name: string, but?: string): string {
    const called = checkedName(name);
    const taken = this.all().find((record) => record.id !== but && sameName(record.name, called));
    if (taken)
      throw new SdError('ALREADY_EXISTS', `there is a library "${taken.name}" already`, {
        library: taken.id,
        way_out: 'take another name',
      });
    return called;
  }

  place(name: string, folder?: string): { name: string; folder: string } {
    const called = this.freeName(name);
    return { name: called, folder: freeFolder(this.services.platform.files, this.parentFolder(folder), called) };
  }

  open(idOrName?: string): OpenLibrary {
    return openRecord(this.all(), idOrName);
  }

  async info(idOrName: string): Promise<LibraryInfo> {
    const record = this.#lookedAt(findRecord(this.all(), idOrName));
    const { files } = this.services.platform;
    const database = `${record.folder}/${DATABASE_FILE}`;
    const size = files.facts(database)?.size;
    const description = this.lifecycle.describe(record);
    const last = description?.last_backup;
    const measured = record.open
      ? await this.services.maintenance.run('measure', { path: database, key: record.open.library.access.key })
      : {};
    return {
      ...summaryOf(record),
      ...(description ? { created_at: description.created_at, format: description.format } : {}),
      ...(size === undefined ? {} : { database_bytes: size + (files.facts(`${database}-wal`)?.size ?? 0) }),
      ...(last && files.facts(last.path) ? { last_backup: last } : {}),
      ...measured,
    };
  }

  async check(idOrName: string): Promise<{ checked: string[]; problems: string[] }> {
    const record = findRecord(this.all(), idOrName);
    const { maintenance } = this.services;
    const key = await this.lifecycle.keyAtHand(record);
    const { checked, problems } = await maintenance.run('check', {
      path: `${record.folder}/${DATABASE_FILE}`,
      key,
      library: record.id,
    });
    const beside = await this.#checkBeside(record.folder, key, 'check_pages');
    return { checked: [...checked, ...beside.checked], problems: [...problems, ...beside.problems] };
  }

  /** The pages of the databases beside `library.db`, those that are there. */
  async #checkBeside(
    folder: string,
    key: Uint8Array,
    how: 'check_pages' | 'quick_check',
  ): Promise<{ checked: string[]; problems: string[] }> {
    const { maintenance, platform } = this.services;
    const found = { checked: [] as string[], problems: [] as string[] };
    for (const [name, file] of BESIDE) {
      const path = `${folder}/${file}`;
      if (!platform.files.facts(path)) continue;
      found.checked.push(`pages of ${name}`);
      try {
        const { problems } = await maintenance.run(how, { path, key });
        found.problems.push(...problems.map((problem) => `${name}: ${problem}`));
      } catch (error) {
        // One that does not even open is a finding like any other, and the rest is still to be looked at.
        if (!(error instanceof SdError && (error.code === 'CORRUPT' || error.code === 'WRONG_KEY'))) throw error;
        found.problems.push(`${name}: ${error.message}`);
      }
    }
    return found;
  }

  async survey(idOrName: string): Promise<LibrarySurvey> {
    const { folder, access } = this.open(idOrName);
    const { maintenance } = this.services;
    const database = { path: access.databasePath, key: access.key };
    const { problems } = await maintenance.run('quick_check', database);
    const beside = await this.#checkBeside(folder, access.key, 'quick_check');
    return {
      ...(await maintenance.run('survey', database)),
      checked: ['pages', ...beside.checked],
      problems: [...problems, ...beside.problems],
    };
  }

  inspectBackup(path: string): Promise<BackupFacts> {
    return inspectBackup(this.services, path);
  }

  /** Whether its folder is there is looked up each time: disks come and go. */
  #lookedAt(record: LibraryRecord): LibraryRecord {
    if (record.open) return record;
    const there = this.services.platform.files.facts(record.folder) !== undefined;
    if (!there) Object.assign(record, { state: 'missing', reason: `${record.folder} is not there` });
    else if (record.state === 'missing') Object.assign(record, { state: 'closed', reason: undefined });
    return record;
  }

  /** A folder to put something in. Throws `NOT_FOUND`, `NOT_A_FOLDER`. */
  protected parentFolder(given: string | undefined): string {
    if (given === undefined) return this.services.folders.home;
    const { files } = this.services.platform;
    if (!files.facts(given)) throw new SdError('NOT_FOUND', `${given} is not there`, { path: given });
    if (files.facts(files.realPath(given))?.type !== FOLDER)
      throw new SdError('NOT_A_FOLDER', `${given} is not a folder`, { path: given });
    return given;
  }

  protected all(): LibraryRecord[] {
    return [...this.records.values()];
  }
}
