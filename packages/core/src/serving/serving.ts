import { nameOfStored } from '../domain/entry.ts';
import { isWithin } from '../domain/native-path.ts';
import { SdError, asSdError } from '../errors.ts';
import type { Library } from '../libraries/library.ts';
import type { LocationPlace, Presence } from '../locations/presence.ts';
import type { Files, OpenedFile } from '../ports/files.ts';
import { type PlacedFile, placedFiles } from './find-file.ts';
import type { Grants } from './grants.ts';
import { type ReadSidecar, type ServedThumbnail, type ThumbnailSize, thumbnailOf } from './thumbnail.ts';

export interface ServedFile {
  readonly file: OpenedFile;
  /** As it is on disk, as a native name. */
  readonly name: string;
}

export interface ServingParts {
  readonly files: Pick<Files, 'openWithin' | 'facts' | 'realPath'>;
  readonly grants: Grants;
  /** Native path of our own data folder: nothing in it is ever served. */
  readonly dataFolder: string;
  readonly readSidecar: ReadSidecar;
  /** By id or name; the only open one where it is absent. Throws where it is not open. */
  library(idOrName: string | undefined): Library;
  presenceOf(location: LocationPlace): Promise<Presence>;
}

/** Bytes of thumbnails and files, for whoever carries them to a client. */
export class Serving {
  readonly grants: Grants;
  readonly #parts: ServingParts;
  readonly #ours: string;

  constructor(parts: ServingParts) {
    this.grants = parts.grants;
    this.#parts = parts;
    this.#ours = parts.files.realPath(parts.dataFolder);
  }

  /** UUID of the library meant. Throws `NOT_FOUND`, `LIBRARY_CLOSED`, `LIBRARY_LOCKED`. */
  libraryId(idOrName: string | undefined): string {
    return this.#parts.library(idOrName).id;
  }

  /** Throws `NOT_FOUND`, whose data says whether and why not it can be made. */
  thumbnail(library: string | undefined, content: string, size: ThumbnailSize): Promise<ServedThumbnail> {
    return thumbnailOf(this.#parts.library(library), content, size, this.#parts.readSidecar);
  }

  /**
   * Opens a file by the id of its entry, or any copy of a content that still is as it was indexed. Only regular files
   * of locations that are there, never through a symbolic link. Throws `NOT_FOUND`, `OFFLINE`, `NOT_READABLE`.
   */
  async openFile(library: string | undefined, id: string): Promise<ServedFile> {
    const byContent = id.includes('-');
    let reason = new SdError('NOT_FOUND', 'no file of the library has that id');
    for (const placed of placedFiles(this.#parts.library(library).db, id)) {
      try {
        const file = await this.#open(placed);
        if (!byContent || isAsIndexed(placed, file)) return { file, name: nameOfStored(placed.row.name) };
        await file.close();
        reason = new SdError('NOT_FOUND', 'the files with that content have changed since they were indexed');
      } catch (error) {
        reason = asSdError(error);
      }
    }
    throw reason;
  }

  async #open({ location, path, names }: PlacedFile): Promise<OpenedFile> {
    // Our own keys, databases and locks: a handle of a lock that closes would give it up.
    if (isWithin(path, this.#ours) || names.some((name) => name.endsWith('.sdlibrary')))
      throw new SdError('NOT_READABLE', 'what belongs to this program is not served');
    if ((await this.#parts.presenceOf(location)) === 'offline')
      throw new SdError('OFFLINE', `"${location.name}" is not there now`, { way_out: 'connect its disk' });
    return this.#parts.files.openWithin(nameOfStored(location.path), names);
  }
}

function isAsIndexed({ row }: PlacedFile, { facts }: OpenedFile): boolean {
  return facts.size === row.size && facts.mtime === row.mtime;
}
