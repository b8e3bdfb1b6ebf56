import { type CopyRow, copiesOf, fileById } from '../db/library/copies.ts';
import { EntryPlaces } from '../db/library/entry-places.ts';
import type { LocationWithTotals } from '../db/library/locations.ts';
import type { Device } from '../domain/device.ts';
import { type EntryView, entryView, nameOfStored } from '../domain/entry.ts';
import { contentUuid, toHex, uuidToText } from '../domain/ids.ts';
import { isWithin } from '../domain/native-path.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { presenceOf } from '../locations/presence.ts';

/** Shows the files of contents, wherever they lie. One per query: what it learns of the locations holds for a moment. */
export class CopyViews {
  readonly #db: ReadConnection;
  readonly #files: ReadFiles;
  readonly #device: Device;
  readonly #below: readonly string[] | undefined;
  readonly #places: EntryPlaces;
  readonly #offline = new Map<number, boolean>();

  /** `below`: native paths of the folders outside which nothing is shown. */
  constructor(db: ReadConnection, parts: { files: ReadFiles; device: Device; below?: readonly string[] | undefined }) {
    this.#db = db;
    this.#files = parts.files;
    this.#device = parts.device;
    this.#below = parts.below;
    this.#places = new EntryPlaces(db);
  }

  /** Files of a content with an id above `after`, in that order. */
  of(
    content: number,
    options: { limit: number; after?: number | undefined; only?: (copy: CopyRow) => boolean },
  ): EntryView[] {
    const views: EntryView[] = [];
    for (const copy of copiesOf(this.#db, content, options.after)) {
      if (options.only?.(copy) === false) continue;
      const view = this.#view(copy);
      if (view && views.push(view) >= options.limit) break;
    }
    return views;
  }

  /** The files with these ids that lie in a location. */
  byIds(ids: readonly number[]): EntryView[] {
    return ids.flatMap((id) => {
      const file = fileById(this.#db, id);
      return (file && this.#view(file)) ?? [];
    });
  }

  #view(copy: CopyRow): EntryView | undefined {
    const place = copy.parent_id === null ? undefined : this.#places.of(copy.parent_id);
    if (!place || this.#below?.some((folder) => isWithin(place.path, folder)) === false) return undefined;
    const { id, type, kind, size, mtime, uuid, content_hash: hash } = copy;
    return entryView(
      { id, uuid, name: nameOfStored(copy.name), type, kind, size, mtime, contentUuid: hash && contentUuid(hash) },
      {
        device: this.#device.slug,
        folder: place.path,
        location: uuidToText(place.location.uuid),
        ...(this.#isOffline(place.location) ? { offline: true } : {}),
      },
    );
  }

  /** How many files have the content, and the full hash that all of them were found to have, as hexadecimal. */
  summary(
    content: number,
    checkCancelled: () => void,
    only?: (copy: CopyRow) => boolean,
  ): { count: number; fullHash: string | undefined } {
    const hashes = new Set<string>();
    let count = 0;
    for (const copy of copiesOf(this.#db, content)) {
      const { parent_id, full_hash } = copy;
      if (parent_id === null || !this.#places.of(parent_id) || only?.(copy) === false) continue;
      if (++count % 1000 === 0) checkCancelled();
      hashes.add(full_hash ? toHex(full_hash) : '');
    }
    const [fullHash] = hashes;
    return { count, fullHash: hashes.size === 1 && fullHash !== '' ? fullHash : undefined };
  }

  #isOffline(location: LocationWithTotals): boolean {
    const known = this.#offline.get(location.id);
    if (known !== undefined) return known;
    const offline = presenceOf(location, this.#files) === 'offline';
    this.#offline.set(location.id, offline);
    return offline;
  }
}
