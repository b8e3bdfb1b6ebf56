import { z } from 'zod';
import { uuidSchema } from '../domain/ids.ts';
import { newListing } from '../folder-listing.ts';
import type { Files } from '../ports/files.ts';
import type { Log } from '../ports/log.ts';
import { LIBRARY_SUFFIX } from './library-files.ts';
import { readDescription } from './library-json.ts';

const MOST_BYTES = 4 * 1024 * 1024;

const knownSchema = z.object({
  id: uuidSchema,
  name: z.string().min(1).max(200),
  /** Native path of the `.sdlibrary` folder. */
  folder: z.string().min(1).max(40_000),
  /** The user closed it: it stays closed over a restart. */
  closed: z.boolean().optional(),
});
const fileSchema = z.object({ libraries: z.array(knownSchema).max(10_000) });

/** Where a library lies, also while its disk is unplugged. */
export type KnownFolder = z.infer<typeof knownSchema>;

/** `libraries.json` in the data folder, and what lies in `libraries/` beside it. */
export class KnownFolders {
  readonly #files: Files;
  readonly #log: Log;
  readonly #path: string;
  readonly #home: string;
  readonly dataFolder: string;
  #known: KnownFolder[] = [];

  constructor(parts: { files: Files; log: Log; dataFolder: string }) {
    this.#files = parts.files;
    this.#log = parts.log;
    this.dataFolder = parts.dataFolder;
    this.#path = `${parts.dataFolder}/libraries.json`;
    this.#home = `${parts.dataFolder}/libraries`;
  }

  /** Where new libraries go. */
  get home(): string {
    return this.#home;
  }

  /** Reads the list and looks for libraries nobody listed. */
  load(now: number): readonly KnownFolder[] {
    this.#known = this.#read(now);
    for (const folder of this.#foldersAtHome())
      if (!this.#known.some((known) => known.folder === folder)) this.#meet(folder);
    return this.#known;
  }

  put(known: KnownFolder): void {
    const at = this.#known.findIndex(({ id }) => id === known.id);
    this.#save(at < 0 ? [...this.#known, known] : this.#known.with(at, known));
  }

  remove(id: string): void {
    this.#save(this.#known.filter((known) => known.id !== id));
  }

  #save(known: KnownFolder[]): void {
    this.#known = known;
    this.#files.replaceFile(
      this.#path,
      new TextEncoder().encode(`${JSON.stringify({ libraries: known }, undefined, 2)}\n`),
      { private: true },
    );
  }

  #read(now: number): KnownFolder[] {
    if (!this.#files.facts(this.#path)) return [];
    try {
      return fileSchema.parse(
        JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(this.#files.readWhole(this.#path, MOST_BYTES))),
      ).libraries;
    } catch (error) {
      // The libraries themselves are whole; those outside the data folder must be opened by their path once.
      const aside = `${this.#path}.unreadable-${now}`;
      this.#files.rename(this.#path, aside);
      this.#log.error('the list of libraries is damaged and was set aside', { aside, reason: String(error) });
      return [];
    }
  }

  #foldersAtHome(): string[] {
    if (!this.#files.facts(this.#home)) return [];
    const listing = newListing();
    this.#files.listFolder(this.#home, listing, (name, type) => type !== 1 || !name.endsWith(LIBRARY_SUFFIX));
    return listing.names.map((name) => `${this.#home}/${name}`);
  }

  #meet(folder: string): void {
    try {
      const { id, name } = readDescription(this.#files, folder);
      const twin = this.#known.find((known) => known.id === id);
      if (twin && this.#files.facts(twin.folder))
        this.#log.warn('a copy of a library that is known already is left alone', { folder, known: twin.folder });
      else this.put({ id, name, folder });
    } catch (error) {
      this.#log.warn('a folder that looks like a library is left alone', { folder, reason: String(error) });
    }
  }
}
