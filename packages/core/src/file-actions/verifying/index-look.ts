import type { ReadFiles } from '../../ports/files.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { LibraryAccess } from '../../libraries/library.ts';

/** What the index says of a path: nothing, as it is in no location or left out by the rules; or its row, or none. */
export type IndexSays =
  | { readonly type: 'not indexed' }
  | { readonly type: 'no row' }
  | { readonly type: 'row'; readonly size: number; readonly mtime: number };

/** Looks paths up in the index, as the locations and their rules are now. */
export interface IndexLook {
  at(path: string, type: number): IndexSays;
}

export interface IndexLookParts {
  readonly db: ReadConnection;
  readonly files: ReadFiles;
  readonly library: LibraryAccess;
}
