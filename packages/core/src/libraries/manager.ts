import { setLibraryFacts } from '../db/library/facts.ts';
import { isAbsolute, normalizeNative } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import { writeBackup } from './backup.ts';
import { changeKey } from './changing-key.ts';
import { makeLibrary } from './creating.ts';
import { findRecord, openRecord } from './directory.ts';
import type { KnownFolder } from './known-folders.ts';
import { readDescription, writeDescription } from './library-json.ts';
import type { KeyChange, LibraryManager, LibrarySummary } from './library-manager.ts';
import type { Unlock } from './lifecycle.ts';
import { freeFolder } from './names.ts';
import { type LibraryRecord, newRecord, summaryOf } from './record.ts';
import { replaceByBackup } from './replacing.ts';
import { readBackup, restoreInto } from './restore.ts';
import { Serial } from './serial.ts';
import { LibraryShelf } from './shelf.ts';

/** What makes libraries waits in one line: two could want one name. */
const MAKING = 'making';

/** Every library this device knows. What concerns one library happens one thing after the other. */
export class Libraries extends LibraryShelf implements LibraryManager {
  readonly #serial = new Serial();

  /** Opens every library it knows; one that does not open says why in its summary. */
  async start(): Promise<void> {
    const { folders, platform } = this.services;
    for (const { id, name, folder, closed } of folders.load(platform.clock.now())) {
      this.records.set(id, newRecord({ id, name, folder, closed }));
    }
    for (const record of this.records.values()) {
      if (!record.keptClosed) await this.lifecycle.tryToOpen(record);
    }
  }

  /** Closes every library and forgets every key. */
  async stop(): Promise<void> {
    await Promise.all(
      [...this.records.values()].map((record) => this.#serial.run(record.id, () => this.lifecycle.close(record))),
    );
    for (const record of this.records.values()) record.key = undefined;
    await this.services.tasks.stop();
  }

  create({
    name,
    folder,
    passphrase,
  }: {
    name: string;
    folder?: string;
    passphrase?: string;
  }): Promise<LibrarySummary> {
    return this.#serial.run(MAKING, async () => {
      const { keys, newId } = this.services;
      const { name: called, folder: target } = this.place(name, folder);
      const id = newId();
      const key = await keys.create(passphrase);
      try {
        makeLibrary(this.services, target, { id, name: called, key });
      } catch (error) {
        await keys.forget(key.id).catch(() => undefined);
        throw error;
      }
      this.services.folders.put({ id, name: called, folder: target });
      return this.#met({ id, name: called, folder: target }, { key: key.key });
    });
  }

  async openLibrary(wanted: string, passphrase?: string): Promise<LibrarySummary> {
    if (isAbsolute(wanted)) return this.#openAt(normalizeNative(wanted), passphrase);
    const record = findRecord(this.all(), wanted);
    return this.#serial.run(record.id, async () => {
      if (!record.open) await this.lifecycle.open(record, { passphrase, key: record.key });
      this.#keepClosed(record, false);
      return summaryOf(record);
    });
  }

  closeLibrary(idOrName: string, { forgetKey = false }: { forgetKey?: boolean } = {}): Promise<LibrarySummary> {
    const record = findRecord(this.all(), idOrName);
    return this.#serial.run(record.id, async () => {
      if (forgetKey && record.protection !== 'passphrase') {
        throw new SdError('CONFLICT', `the library "${record.name}" has no passphrase to lock it with`, {
          way_out: 'give it one: sd library change-key --passphrase; or close it: sd library close',
        });
      }
      await this.lifecycle.close(record);
      if (forgetKey) Object.assign(record, { key: undefined, state: 'locked', reason: 'it needs its passphrase' });
      else this.#keepClosed(record, true);
      this.lifecycle.tell(record, 'updated');
      return summaryOf(record);
    });
  }

  rename(idOrName: string, name: string): Promise<LibrarySummary> {
    return this.#serial.run(MAKING, () => {
      const record = findRecord(this.all(), idOrName);
      const called = this.freeName(name, record.id);
      return this.#serial.run(record.id, async () => {
        const library = record.open?.library ?? openRecord(this.all(), record.id);
        await library.write((tx) => setLibraryFacts(tx, { name: called }));
        writeDescription(this.services.platform.files, record.folder, {
          ...readDescription(this.services.platform.files, record.folder),
          name: called,
        });
        record.name = library.name = called;
        this.services.folders.put({ id: record.id, name: called, folder: record.folder });
        this.lifecycle.tell(record, 'updated');
        return summaryOf(record);
      });
    });
  }

  remove(idOrName: string): Promise<{ trashed: string }> {
    const record = findRecord(this.all(), idOrName);
    return this.#serial.run(record.id, async () => {
      const wasOpen = record.open !== undefined;
      await this.lifecycle.close(record);
      let trashed: string | undefined;
      try {
        trashed = await this.services.platform.files.trash(record.folder);
      } catch (error) {
        if (wasOpen) await this.lifecycle.tryToOpen(record);
        throw error;
      }
      this.services.folders.remove(record.id);
      this.records.delete(record.id);
      this.lifecycle.tell(record, 'deleted');
      return { trashed: trashed ?? "the system's trash" };
    });
  }

  backup(idOrName: string, to?: string): Promise<{ path: string; bytes: number }> {
    const record = findRecord(this.all(), idOrName);
    return this.#serial.run(record.id, async () => {
      const { platform } = this.services;
      if (to !== undefined) this.parentFolder(to);
      const description = readDescription(platform.files, record.folder);
      const made = await writeBackup(
        this.services,
        record.folder,
        description,
        await this.lifecycle.keyAtHand(record),
        { to, label: 'manual' },
      );
      writeDescription(platform.files, record.folder, {
        ...readDescription(platform.files, record.folder),
        last_backup: { path: made.path, at: platform.clock.now() },
      });
      return made;
    });
  }

  async restore(
    from: string,
    { replace, passphrase }: { replace?: string; passphrase?: string },
  ): Promise<LibrarySummary> {
    const { keys, platform } = this.services;
    const backup = await readBackup(this.services, from);
    const key = await keys.unlock(backup.description.key, backup.entry, passphrase);
    const record = this.records.get(backup.description.id);
    if (replace !== undefined) {
      const replaced = findRecord(this.all(), replace);
      return this.#serial.run(replaced.id, async () => {
        await replaceByBackup(this.lifecycle, replaced, backup, key, passphrase);
        this.#keepClosed(replaced, false);
        return summaryOf(replaced);
      });
    }
    if (record)
      throw new SdError('CONFLICT', `this is a backup of the library "${record.name}", which is here`, {
        library: record.id,
        way_out: 'say that it shall be replaced: --replace',
      });
    return this.#serial.run(MAKING, async () => {
      const called = this.freeName(backup.description.name);
      const folder = freeFolder(platform.files, this.parentFolder(undefined), called);
      await restoreInto(this.services, backup, key, folder);
      this.services.folders.put({ id: backup.description.id, name: called, folder });
      return this.#met({ id: backup.description.id, name: called, folder }, { key });
    });
  }

  changeKey(idOrName: string, change: KeyChange): Promise<LibrarySummary> {
    const record = findRecord(this.all(), idOrName);
    return this.#serial.run(record.id, async () => {
      await changeKey(this.lifecycle, record, change);
      this.lifecycle.tell(record, 'updated');
      return summaryOf(record);
    });
  }

  /** Opens a library by its path: one from another disk or device, or one that was put back from the trash. */
  #openAt(folder: string, passphrase: string | undefined): Promise<LibrarySummary> {
    return this.#serial.run(MAKING, async () => {
      const description = readDescription(this.services.platform.files, folder);
      const known = this.records.get(description.id);
      if (known?.folder === folder) return this.openLibrary(known.id, passphrase);
      if (known && this.services.platform.files.facts(known.folder)) {
        throw new SdError('ALREADY_EXISTS', `the library "${known.name}" is here already, at ${known.folder}`, {
          folder: known.folder,
        });
      }
      if (!known) this.freeName(description.name);
      return this.#met({ id: description.id, name: description.name, folder }, { passphrase });
    });
  }

  /** Takes a library in and opens it; one that does not open was never here. */
  async #met({ id, name, folder }: Omit<KnownFolder, 'closed'>, unlock: Unlock): Promise<LibrarySummary> {
    const before = this.records.get(id);
    const record = newRecord({ id, name, folder });
    this.records.set(id, record);
    try {
      await this.lifecycle.open(record, unlock, before ? 'updated' : 'created');
    } catch (error) {
      if (before) this.records.set(id, before);
      else this.records.delete(id);
      throw error;
    }
    this.services.folders.put({ id, name: record.name, folder });
    return summaryOf(record);
  }

  #keepClosed(record: LibraryRecord, closed: boolean): void {
    if (record.keptClosed === closed) return;
    record.keptClosed = closed;
    this.services.folders.put({
      id: record.id,
      name: record.name,
      folder: record.folder,
      ...(closed ? { closed } : {}),
    });
  }
}
