import type { WatcherState } from './protocol.ts';

/** How a library is watched, in a few words, for `core.status`. */
export function sayWatching({ locations, waiting }: WatcherState): string {
  const all = Object.values(locations);
  const sum = (of: (location: (typeof all)[number]) => number): number =>
    all.reduce((total, location) => total + of(location), 0);
  const [folders, watched] = [sum((location) => location.folders), sum((location) => location.watched)];
  const reasons = new Set(all.flatMap(({ reason }) => reason ?? []));
  return [
    watched === folders ? `${watched} folders watched` : `${watched} of ${folders} folders watched`,
    waiting > 0 ? `${waiting} to be looked at` : '',
    ...reasons,
  ]
    .filter(Boolean)
    .join(', ');
}
