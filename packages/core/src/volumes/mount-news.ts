import type { CoreEvent } from '../events.ts';
import type { MountedVolume } from './mounted-volume.ts';

/** What came, went or changed between two looks: events of the core, of no library. */
export function mountNews(
  before: readonly MountedVolume[],
  now: readonly MountedVolume[],
  idOf: (volume: MountedVolume) => string,
): CoreEvent[] {
  const known = new Map(before.map((volume) => [idOf(volume), volume]));
  const here = new Map(now.map((volume) => [idOf(volume), volume]));
  return [
    ...[...here].flatMap(([id, volume]) => {
      const was = known.get(id);
      if (!was) return [event('created', id, volume, 'mounted')];
      return pictureOf(was) === pictureOf(volume) ? [] : [event('updated', id, volume, 'changed')];
    }),
    ...[...known].flatMap(([id, volume]) => (here.has(id) ? [] : [event('deleted', id, volume, 'unmounted')])),
  ];
}

function event(change: CoreEvent['change'], id: string, { mounts: [mount] }: MountedVolume, what: string): CoreEvent {
  return { resource: 'volume', change, ids: [id], path: mount.path, data: { what } };
}

function pictureOf({ mounts, cloneOf }: MountedVolume): string {
  return JSON.stringify([cloneOf, mounts.map(({ path, root, label, readOnly }) => [path, root, label, readOnly])]);
}
