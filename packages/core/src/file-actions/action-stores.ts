import { ACTIONS_FILE, openActionsDatabase } from '../db/actions/open.ts';
import { openOrSetAside } from '../db/set-aside.ts';
import { SdError } from '../errors.ts';
import type { Library } from '../libraries/library.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { Log } from '../ports/log.ts';
import type { Connection, Sqlite } from '../ports/sqlite.ts';

/** The `actions.db` of each open library, as the main thread has it: for what is read and written in a blink. */
export class ActionStores {
  readonly #parts: { sqlite: Sqlite; files: Files; clock: Clock; log: Log };
  readonly #stores = new Map<string, Connection>();

  constructor(parts: { sqlite: Sqlite; files: Files; clock: Clock; log: Log }) {
    this.#parts = parts;
  }

  /** Throws `NEWER_FORMAT`, and what the disk says. */
  open(library: Library): Connection {
    const { sqlite, files, clock, log } = this.#parts;
    const store = openOrSetAside(
      { files, log, now: () => clock.now() },
      'plans',
      `${library.folder}/${ACTIONS_FILE}`,
      (path) => openActionsDatabase(sqlite, path, library.access.key),
    );
    this.#stores.set(library.id, store);
    return store;
  }

  of(library: string): Connection {
    const store = this.#stores.get(library);
    if (!store) throw new SdError('LIBRARY_CLOSED', 'the library is closed, and with it what was planned in it');
    return store;
  }

  close(library: string): void {
    this.#stores.get(library)?.close();
    this.#stores.delete(library);
  }
}
