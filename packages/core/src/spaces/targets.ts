import { deviceKey, listDevices } from '../db/library/devices.ts';
import { collectionByUuid } from '../db/library/collections.ts';
import { type LocationWithTotals, locationByUuid } from '../db/library/locations.ts';
import { labelOf, tagByUuid } from '../db/library/tags.ts';
import { listVolumes } from '../db/library/volumes.ts';
import type { Device } from '../domain/device.ts';
import { uuidToText } from '../domain/ids.ts';
import { basenameOf, showNative } from '../domain/native-path.ts';
import { parseSdPath } from '../domain/sd-path.ts';
import { type SpaceItemView, nameOfAlone } from '../domain/space.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { Presence } from '../locations/presence.ts';

/** What looking at targets needs. */
export interface Around {
  readonly db: ReadConnection;
  readonly device: Device;
  presenceOf(location: LocationWithTotals): Presence;
  /** Whether something is at a native path; `undefined`: its disk is away. */
  isThere(path: string): boolean | undefined;
}

type Seen = Pick<SpaceItemView, 'name' | 'state'> & Partial<Pick<SpaceItemView, 'color' | 'icon'>>;

/** What an item leads to now; of what has gone, its label. */
export function seenTarget(kind: string, target: string | null, label: string | null, around: Around): Seen {
  if (target === null) return { name: nameOfAlone(kind), state: 'here' };
  return look(kind, target, around) ?? { name: label ?? target, state: 'gone' };
}

function look(kind: string, target: string, { db, device, presenceOf, isThere }: Around): Seen | undefined {
  switch (kind) {
    case 'location': {
      const row = locationByUuid(db, target);
      return row && { name: row.name, state: presenceOf(row) === 'offline' ? 'offline' : 'here' };
    }
    case 'volume': {
      const volume = listVolumes(db, deviceKey(device)).find(({ uuid }) => uuidToText(uuid) === target);
      return volume && { name: volume.name, state: volume.mountPath === undefined ? 'offline' : 'here' };
    }
    case 'device': {
      const row = listDevices(db).find(({ id }) => uuidToText(id) === target);
      return row && { name: row.name, state: target === device.id ? 'here' : 'offline' };
    }
    case 'tag': {
      const tag = tagByUuid(db, target);
      return tag && { name: labelOf(tag), state: 'here', ...looks(tag) };
    }
    case 'collection': {
      const collection = collectionByUuid(db, target);
      return collection && { name: collection.name, state: 'here', ...looks(collection) };
    }
    case 'path':
      return atPath(target, { device, isThere });
    default:
      return { name: target, state: 'here' };
  }
}

function atPath(target: string, { device, isThere }: Pick<Around, 'device' | 'isThere'>): Seen | undefined {
  const parsed = parseSdPath(target, device.slug);
  if (!parsed.ok || parsed.path.kind !== 'local') return undefined;
  const name = showNative(basenameOf(parsed.path.path) || parsed.path.path);
  if (parsed.path.device !== device.slug) return { name, state: 'offline' };
  const there = isThere(parsed.path.path);
  if (there === undefined) return { name, state: 'offline' };
  return there ? { name, state: 'here' } : undefined;
}

function looks({ color, icon }: { color: string | null; icon: string | null }) {
  return { ...(color === null ? {} : { color }), ...(icon === null ? {} : { icon }) };
}
