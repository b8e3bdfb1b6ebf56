import { type ContentRow, contentByUuid } from '../db/library/contents.ts';
import { fileNamed } from '../db/library/copies.ts';
import type { Device } from '../domain/device.ts';
import { contentUuid, uuidToText } from '../domain/ids.ts';
import { basenameOf, parentOf, showNative } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { addressOf } from './address.ts';
import { folderAt, placeOf } from './indexed-place.ts';

/** The content of the file at a path or address, or behind `content://…`. Throws `NOT_FOUND` where it is not known. */
export function contentAt(db: ReadConnection, device: Device, text: string): ContentRow | undefined {
  const address = addressOf(text, device);
  if (address.kind === 'content') return contentByUuid(db, address.id);
  const folder = parentOf(address.path);
  const place = folder === undefined ? undefined : placeOf(db, device.id, folder);
  const parent = place && folderAt(db, place);
  const entry = parent === undefined ? undefined : fileNamed(db, parent, basenameOf(address.path));
  if (!entry)
    throw new SdError('NOT_FOUND', `${showNative(address.path)} is not in the index`, {
      way_out: 'sd location add <folder>, or sd location rescan',
    });
  if (entry.content_hash === null) {
    throw new SdError('NOT_FOUND', `the content of ${showNative(address.path)} is not known`, {
      way_out: 'only files in locations of the mode `content` are identified; a scan may be under way',
    });
  }
  return contentByUuid(db, uuidToText(contentUuid(entry.content_hash)));
}
