import { addressOf } from '../browsing/address.ts';
import { findCollection } from '../collections/find-collection.ts';
import { resolveTag } from '../db/library/tag-names.ts';
import { labelOf } from '../db/library/tags.ts';
import { collectionQuerySchema } from '../domain/collection.ts';
import type { Device } from '../domain/device.ts';
import { uuidToText } from '../domain/ids.ts';
import { basenameOf, showNative } from '../domain/native-path.ts';
import { localUri } from '../domain/sd-path.ts';
import { type SpaceItemKind, needsTarget, nameOfAlone } from '../domain/space.ts';
import { SdError } from '../errors.ts';
import { findLocation } from '../locations/find.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { takeApart } from '../search/typed-query.ts';
import { knownDevice } from './known-device.ts';
import { knownVolume } from './known-volume.ts';

/** What an item leads to, as it is kept: an id, an address or a query; and what it is called. */
export interface SpaceTarget {
  readonly target: string | null;
  readonly label: string | null;
}

/** Throws `NOT_FOUND` for what is not there, `INVALID_INPUT` for a target too many or too few, and for a query that is none. */
export function spaceTarget(
  db: ReadConnection,
  device: Device,
  { kind, target }: { readonly kind: SpaceItemKind; readonly target?: string | undefined },
): SpaceTarget {
  if (!needsTarget(kind)) {
    if (target !== undefined) throw new SdError('INVALID_INPUT', `an item of the kind ${kind} has no target`);
    return { target: null, label: nameOfAlone(kind) };
  }
  if (target === undefined) throw new SdError('INVALID_INPUT', `an item of the kind ${kind} needs a target`);
  return found(db, device, kind, target);
}

function found(db: ReadConnection, device: Device, kind: SpaceItemKind, target: string): SpaceTarget {
  const of = ({ uuid }: { readonly uuid: Uint8Array }, label: string): SpaceTarget => ({
    target: uuidToText(uuid),
    label,
  });
  switch (kind) {
    case 'location': {
      const row = findLocation(db, target, device.slug);
      return of(row, row.name);
    }
    case 'volume': {
      const row = knownVolume(db, device, target);
      return of(row, row.name);
    }
    case 'device': {
      const row = knownDevice(db, target);
      return of({ uuid: row.id }, row.name);
    }
    case 'tag': {
      const row = resolveTag(db, target);
      return of(row, labelOf(row));
    }
    case 'collection': {
      const row = findCollection(db, target);
      return of(row, row.name);
    }
    case 'path':
      return path(target, device);
    case 'query':
      takeApart(target);
      return { target: collectionQuerySchema.parse(target), label: target };
    case 'overview':
    case 'recents':
    case 'favorites':
      return { target: null, label: nameOfAlone(kind) };
  }
}

function path(target: string, device: Device): SpaceTarget {
  const address = addressOf(target, device);
  if (address.kind !== 'local') throw new SdError('INVALID_INPUT', 'a path of a space is that of a file or folder');
  return {
    target: localUri(device.slug, address.path),
    label: showNative(basenameOf(address.path) || address.path),
  };
}
