import type { StepFacts } from '../../domain/step.ts';
import { newListing } from '../../folder-listing.ts';
import type { ReadFiles } from '../../ports/files.ts';

/** What is in a folder, as it is listed. */
export interface Listed {
  readonly name: string;
  readonly facts: StepFacts;
  readonly links: number;
}

/** Lists folders one after another, each in the order of the names. Throws what the disk says. */
export class FolderLister {
  readonly #files: ReadFiles;
  readonly #listing = newListing(1024);

  constructor(files: ReadFiles) {
    this.#files = files;
  }

  list(folder: string): Listed[] {
    const listing = this.#listing;
    this.#files.listFolder(folder, listing);
    const { names, types, sizes, mtimes, inodes, devices, links } = listing;
    const listed = names.map((name, at) => ({
      name,
      facts: {
        type: types[at] ?? 0,
        size: sizes[at] ?? 0,
        mtime: mtimes[at] ?? 0,
        inode: inodes[at] ?? 0,
        device: devices[at] ?? 0,
      },
      links: links[at] ?? 1,
    }));
    return listed.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
