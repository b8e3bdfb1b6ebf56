import { toHex } from '../../domain/ids.ts';
import type { Connection, FileFacts, ReadFiles } from '../../platform.ts';
import { type NamesMeta, readMeta } from './meta.ts';
import { NAMES_FORMAT } from './schema.ts';

/** Enough for the postings that searches read again and again. */
const CACHE_KIB = 8 * 1024;

/** The text index as a reader of the library finds it. */
export interface NamesIndex {
  /** How far it has come, its tables within reach as `names.…` of the library's connection; `undefined`: there is none to use. */
  current(): NamesMeta | undefined;
  /** Not to be used any more, as it is damaged; the builder makes another. */
  distrust(): void;
}

/** Attaches the index to a reader's connection, so that one statement reads both, and notices when it is replaced. */
export class AttachedNames implements NamesIndex {
  readonly #connection: Connection;
  readonly #files: ReadFiles;
  readonly #path: string;
  readonly #key: Uint8Array;
  /** Inode of the attached file: as long as it is open no other file has the same. */
  #attached: number | undefined;
  /** Inode and time of a damaged file. */
  #distrusted: string | undefined;

  constructor(connection: Connection, files: ReadFiles, path: string, key: Uint8Array) {
    this.#connection = connection;
    this.#files = files;
    this.#path = path;
    this.#key = key;
  }

  current(): NamesMeta | undefined {
    const facts = this.#files.facts(this.#path);
    if (facts?.inode !== this.#attached) this.#detach();
    if (facts === undefined || versionOf(facts) === this.#distrusted) return undefined;
    try {
      if (this.#attached === undefined) this.#attach(facts.inode);
      const meta = readMeta(this.#connection, 'names');
      return meta?.format === NAMES_FORMAT ? meta : undefined;
    } catch {
      // Half made, damaged, of another key: the builder sees it too, and mends it. Until then searches scan.
      this.#detach();
      return undefined;
    }
  }

  distrust(): void {
    const facts = this.#files.facts(this.#path);
    this.#distrusted = facts && versionOf(facts);
    this.#detach();
  }

  #attach(inode: number): void {
    this.#connection.exec(`ATTACH '${this.#path.replaceAll("'", "''")}' AS names KEY "x'${toHex(this.#key)}'"`);
    this.#attached = inode;
    this.#connection.exec(`PRAGMA names.cache_size = -${CACHE_KIB}`);
  }

  #detach(): void {
    if (this.#attached === undefined) return;
    this.#attached = undefined;
    this.#connection.exec('DETACH names');
  }
}

function versionOf(facts: FileFacts): string {
  return `${facts.inode} ${facts.mtime}`;
}
