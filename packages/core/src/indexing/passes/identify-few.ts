import type { Hashing } from '../../ports/hashing.ts';
import { IdentifyFeed } from '../identify-feed.ts';
import { identifyFiles } from '../identify-files.ts';
import type { LibraryWriter } from '../library-writer.ts';
import { writeContents } from '../write-contents.ts';

/** More files than this are read by the threads of a job. */
const FEW = 200;

export interface FewParts {
  readonly hashing: Hashing;
  readonly writer: LibraryWriter;
  readonly root: { readonly id: number; readonly path: string };
  /** Ids of the folders with files that are new or changed. */
  readonly folders: readonly number[];
  mayGoOn(): boolean;
}

/** Finds out what the files of a few folders are, in this thread. Answers how many it did; `undefined`: they are too many. */
export function identifyFew({ hashing, writer, root, folders, mayGoOn }: FewParts): number | undefined {
  const feed = new IdentifyFeed(writer.db, root, folders);
  if (feed.total().files > FEW) return undefined;
  let files = 0;
  for (let batch = feed.next(); batch && mayGoOn(); batch = feed.next()) {
    const identified = identifyFiles(hashing, batch, mayGoOn);
    const done = feed.done(identified.number, identified.outcomes);
    files += writer.write((tx) => writeContents(tx, identified, done, writer.newIds).files);
  }
  return files;
}
