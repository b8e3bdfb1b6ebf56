import { bytesOfChildFolders, kindsOfChildren } from '../db/library/entries.ts';
import { type EntryFacts, FOLDER, SYMLINK } from '../domain/entry.ts';
import { kindByName, kindOfCode } from '../domain/kinds.ts';
import type { ListingOrder, OrderedNames } from '../domain/listing-order.ts';
import { joinNative } from '../domain/native-path.ts';
import { isTemporary } from '../domain/temporary-name.ts';
import { newListing } from '../folder-listing.ts';
import type { FileFacts, ReadFiles } from '../ports/files.ts';
import type { FolderSource } from './folder-source.ts';
import { type FolderIndex, type IndexedChild, indexedChildren } from './index-rows.ts';
import { fromDisk, withoutFacts } from './merge.ts';
import type { Surroundings } from './surroundings.ts';

/** A slow disk takes a second for so many names. */
const CHECK_EVERY = 512;

/** A folder that can be read: the disk says what is there, the index adds what it knows of it. */
export class DiskFolder implements FolderSource {
  readonly #files: ReadFiles;
  readonly #path: string;
  readonly #index: FolderIndex | undefined;
  readonly #checkCancelled: () => void;

  constructor(path: string, index: FolderIndex | undefined, around: Pick<Surroundings, 'files' | 'checkCancelled'>) {
    this.#files = around.files;
    this.#path = path;
    this.#index = index;
    this.#checkCancelled = around.checkCancelled;
  }

  columns(sort: ListingOrder['sort']): OrderedNames {
    const names: string[] = [];
    const types: number[] = [];
    const withFacts = sort === 'size' || sort === 'modified';
    const listing = newListing();
    this.#files.listFolder(this.#path, listing, (name, type) => {
      if (isTemporary(name)) return true;
      names.push(name);
      types.push(type);
      if (names.length % CHECK_EVERY === 0) this.#checkCancelled();
      return !withFacts;
    });
    const columns = { names, types: Uint8Array.from(types) };
    if (sort === 'name') return columns;
    if (sort === 'kind') return { ...columns, values: this.#kinds(names, types) };
    const column = sort === 'size' ? listing.sizes : listing.mtimes;
    const known = new Map(listing.names.map((name, index) => [name, column[index] ?? 0]));
    const bytes = sort === 'size' ? this.#bytes() : undefined;
    const values = names.map(
      (name, index) => (bytes && types[index] === FOLDER ? bytes.get(name) : known.get(name)) ?? 0,
    );
    return { ...columns, values };
  }

  entries(names: readonly string[], total: number): EntryFacts[] {
    const indexed = this.#index && indexedChildren(this.#index, names, total);
    const found: EntryFacts[] = [];
    for (const name of names) {
      const entry = this.#entry(name, indexed?.get(name));
      if (entry) found.push(entry);
    }
    return found;
  }

  #entry(name: string, indexed: IndexedChild | undefined): EntryFacts | undefined {
    const path = joinNative(this.#path, name);
    let facts: FileFacts | undefined;
    try {
      facts = this.#files.facts(path);
    } catch {
      // Listed, yet not to be looked at (a folder with r and without x): it is there all the same.
      return withoutFacts(name, indexed?.row.type ?? 0);
    }
    return facts && fromDisk(name, facts, indexed, facts.type === SYMLINK ? this.#target(path) : undefined);
  }

  #target(path: string): string | undefined {
    try {
      return this.#files.linkTarget(path);
    } catch {
      return undefined;
    }
  }

  #kinds(names: readonly string[], types: readonly number[]): string[] {
    const known = this.#index && kindsOfChildren(this.#index.db, this.#index.folderId);
    return names.map((name, index) => kindOfCode(known?.get(name) ?? kindByName(types[index] ?? 0, name)));
  }

  /** As the entries show it: a folder's size is what the index says lies in it. */
  #bytes(): ReadonlyMap<string, number> {
    return this.#index ? bytesOfChildFolders(this.#index.db, this.#index.folderId) : new Map();
  }
}
