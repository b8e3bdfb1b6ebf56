import { toHex } from '../domain/ids.ts';
import type { FileFacts, ReadFiles } from '../ports/files.ts';
import type { Connection } from '../ports/sqlite.ts';

export interface AttachedFileParts<Meta> {
  /** A reader of the library. */
  readonly connection: Connection;
  readonly files: ReadFiles;
  /** Native path of the file. */
  readonly path: string;
  readonly key: Uint8Array;
  /** What its tables are found under on the connection. */
  readonly as: 'names' | 'texts';
  readonly cacheKiB: number;
  /** What it says of itself; `undefined` where it is of a format that is not ours. */
  readonly read: (connection: Connection) => Meta | undefined;
}

/** A derived database attached to a reader's connection, so that one statement reads both; notices when it is replaced. */
export class AttachedFile<Meta> {
  readonly #parts: AttachedFileParts<Meta>;
  /** Inode of the attached file: as long as it is open no other file has the same. */
  #attached: number | undefined;
  /** Inode and time of a damaged file. */
  #distrusted: string | undefined;

  constructor(parts: AttachedFileParts<Meta>) {
    this.#parts = parts;
  }

  /** What it says of itself, its tables within reach; `undefined`: there is none to use. */
  current(): Meta | undefined {
    const { files, path, read, connection } = this.#parts;
    const facts = files.facts(path);
    if (facts?.inode !== this.#attached) this.#detach();
    if (facts === undefined || versionOf(facts) === this.#distrusted) return undefined;
    try {
      if (this.#attached === undefined) this.#attach(facts.inode);
      return read(connection);
    } catch {
      // Half made, damaged, of another key: whoever writes it sees it too, and mends it.
      this.#detach();
      return undefined;
    }
  }

  /** Not to be used any more, as it is damaged; whoever writes it makes another. */
  distrust(): void {
    const facts = this.#parts.files.facts(this.#parts.path);
    this.#distrusted = facts && versionOf(facts);
    this.#detach();
  }

  #attach(inode: number): void {
    const { connection, path, key, as, cacheKiB } = this.#parts;
    connection.exec(`ATTACH '${path.replaceAll("'", "''")}' AS ${as} KEY "x'${toHex(key)}'"`);
    this.#attached = inode;
    connection.exec(`PRAGMA ${as}.cache_size = -${cacheKiB}`);
  }

  #detach(): void {
    if (this.#attached === undefined) return;
    this.#attached = undefined;
    this.#parts.connection.exec(`DETACH ${this.#parts.as}`);
  }
}

function versionOf(facts: FileFacts): string {
  return `${facts.inode} ${facts.mtime}`;
}
