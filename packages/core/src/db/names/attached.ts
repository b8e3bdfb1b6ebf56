import type { ReadFiles } from '../../ports/files.ts';
import type { Connection } from '../../ports/sqlite.ts';
import { AttachedFile } from '../attached-file.ts';
import { type NamesMeta, readMeta } from './meta.ts';
import { NAMES_FORMAT } from './schema.ts';

/** Enough for the postings that searches read again and again. */
const CACHE_KIB = 8 * 1024;

/** The text index as a reader of the library finds it. */
export interface NamesIndex {
  /** How far it has come, its tables within reach as `names.…` of the library's connection; `undefined`: there is none to use. */
  current(): NamesMeta | undefined;
  /** Not to be used any more, as it is damaged; the builder makes another. Until then searches scan. */
  distrust(): void;
}

export class AttachedNames extends AttachedFile<NamesMeta> implements NamesIndex {
  constructor(connection: Connection, files: ReadFiles, path: string, key: Uint8Array) {
    super({
      connection,
      files,
      path,
      key,
      as: 'names',
      cacheKiB: CACHE_KIB,
      read: () => {
        const meta = readMeta(connection, 'names');
        return meta?.format === NAMES_FORMAT ? meta : undefined;
      },
    });
  }
}
