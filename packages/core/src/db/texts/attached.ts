import type { ReadFiles } from '../../ports/files.ts';
import type { Connection } from '../../ports/sqlite.ts';
import { AttachedFile } from '../attached-file.ts';
import { type TextsMeta, readTextsMeta } from './meta.ts';
import { TEXTS_FORMAT } from './schema.ts';

const CACHE_KIB = 8 * 1024;

/** The texts of documents as a reader of the library finds them. */
export interface TextsIndex {
  /** Its tables are within reach as `texts.…` of the library's connection; `undefined`: there is none to use. */
  current(): TextsMeta | undefined;
  /** Not to be used any more, as it is damaged; whoever writes it makes another. */
  distrust(): void;
}

export class AttachedTexts extends AttachedFile<TextsMeta> implements TextsIndex {
  constructor(connection: Connection, files: ReadFiles, path: string, key: Uint8Array) {
    super({
      connection,
      files,
      path,
      key,
      as: 'texts',
      cacheKiB: CACHE_KIB,
      read: () => {
        const meta = readTextsMeta(connection, 'texts');
        return meta?.format === TEXTS_FORMAT ? meta : undefined;
      },
    });
  }
}
