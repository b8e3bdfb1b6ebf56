import { asSdError } from '../errors.ts';
import type { CoreEvent } from '../events.ts';
import { DATABASE_FILE } from './library-files.ts';
import { type LibraryDescription, readDescription } from './library-json.ts';
import { keyOf, openFolder } from './opening.ts';
import { type LibraryRecord, stateAfter } from './record.ts';
import type { LibraryServices } from './services.ts';

/** What is in the log when a library closes is moved by a thread if it is more than this. */
const CLOSE_LOG_BYTES = 1024 * 1024;

export interface Unlock {
  readonly passphrase?: string | undefined;
  readonly key?: Uint8Array | undefined;
}

/** Opens and closes one library, and keeps its record true. The caller sees to it that one thing happens at a time. */
export class Lifecycle {
  readonly services: LibraryServices;

  constructor(services: LibraryServices) {
    this.services = services;
  }

  /** Throws what kept it from opening; the record says so too. */
  async open(record: LibraryRecord, unlock: Unlock, change: CoreEvent['change'] = 'updated'): Promise<void> {
    try {
      const { library, release, key, protection } = await openFolder(this.services, record.folder, unlock);
      Object.assign(record, {
        name: library.name,
        open: { library, release },
        key,
        protection,
        state: 'open',
        reason: undefined,
      } satisfies Partial<LibraryRecord>);
    } catch (error) {
      // A wrong passphrase says nothing of the library.
      if (unlock.passphrase === undefined || asSdError(error).code !== 'WRONG_KEY')
        Object.assign(record, stateAfter(error));
      await this.#noteProtection(record);
      throw error;
    }
    this.tell(record, change);
    await this.#hook('opened', record);
  }

  async tryToOpen(record: LibraryRecord): Promise<void> {
    try {
      await this.open(record, { key: record.key });
    } catch (error) {
      const { code, message } = asSdError(error);
      this.services.platform.log.warn('a library did not open', {
        library: record.id,
        name: record.name,
        folder: record.folder,
        code,
        message,
      });
    }
  }

  /** Its jobs stop at a checkpoint first. Nothing where it is not open. */
  async close(record: LibraryRecord): Promise<void> {
    if (!record.open) return;
    await this.#hook('closing', record);
    const { library, release } = record.open;
    Object.assign(record, { open: undefined, state: 'closed', reason: undefined } satisfies Partial<LibraryRecord>);
    try {
      const path = `${record.folder}/${DATABASE_FILE}`;
      const log = this.services.platform.files.facts(`${path}-wal`)?.size ?? 0;
      if (log > CLOSE_LOG_BYTES)
        await library.withoutWriters(() =>
          this.services.maintenance.run('checkpoint', { path, key: library.access.key, whole: true }),
        );
    } catch (error) {
      this.services.platform.log.warn('the log of a library was left for its next opening', {
        library: record.id,
        error: String(error),
      });
    }
    await library.close();
    release();
  }

  /** The key, without asking anyone. Throws `LIBRARY_LOCKED`. */
  async keyAtHand(record: LibraryRecord): Promise<Uint8Array> {
    const key = record.open?.library.access.key ?? record.key;
    return (
      key ?? (await keyOf(this.services.keys, readDescription(this.services.platform.files, record.folder), {})).key
    );
  }

  /** What its folder says; `undefined` where that cannot be read. */
  describe(record: LibraryRecord): LibraryDescription | undefined {
    try {
      return readDescription(this.services.platform.files, record.folder);
    } catch {
      return undefined;
    }
  }

  tell(record: LibraryRecord, change: CoreEvent['change']): void {
    this.services.events.publish({
      resource: 'library',
      change,
      library: record.id,
      ids: [record.id],
      data: { name: record.name, state: record.state },
    });
  }

  /** What others do about it must not keep a library from opening or closing. */
  async #hook(name: 'opened' | 'closing', record: LibraryRecord): Promise<void> {
    if (!record.open) return;
    try {
      await this.services.hooks[name](record.open.library);
    } catch (error) {
      this.services.platform.log.error(`what happens when a library is ${name} failed`, {
        library: record.id,
        error: String(error),
      });
    }
  }

  async #noteProtection(record: LibraryRecord): Promise<void> {
    const description = this.describe(record);
    const kept = description && (await this.services.keys.find(description.key).catch(() => undefined));
    if (kept) record.protection = kept.protection;
  }
}
