import { SdError } from '../errors.ts';
import type { Platform, ThreadPlatform } from '../platform.ts';
import type { Connection } from '../ports/sqlite.ts';

/** Lets one commit of a scan's writer fail, as a full disk does. */
export class FailingDisk {
  #left = Infinity;

  readonly ports = ({ sqlite }: Platform): Partial<ThreadPlatform> => ({
    sqlite: { ...sqlite, open: (options) => this.#wrap(sqlite.open(options)) },
  });

  /** The n-th from now on; `Infinity`: none. */
  failAt(commit: number): void {
    this.#left = commit;
  }

  #wrap(connection: Connection): Connection {
    return {
      prepare: (sql) => connection.prepare(sql),
      close: () => connection.close(),
      exec: (sql) => {
        if (sql === 'COMMIT' && --this.#left === 0) throw new SdError('DISK_FULL', 'no room left on the disk');
        connection.exec(sql);
      },
    };
  }
}
