import type { LiveIndex } from '../indexing/passes/live-index.ts';
import type { PassParts, PassReport } from '../indexing/passes/pass.ts';
import type { LiveLocation, Places } from '../indexing/passes/places.ts';
import { identifies } from '../domain/location.ts';
import { type ChangeCounts, NO_CHANGES, addCounts } from '../domain/scan.ts';
import type { Pace } from '../pace.ts';
import type { Clock } from '../ports/clock.ts';
import type { Removals } from './removals.ts';
import type { FolderNews, PassedLocation, PassedReport } from './protocol.ts';

/** A pass lets others have a turn in its thread, and the system's events come in, after this long. */
const SLICE_MS = 50;
/**
 * Something missing may have been moved to where the news are on their way: so long, and so often, what came meanwhile is
 * looked at before it is given up.
 */
const LATE_NEWS_MS = 15;
const LATE_NEWS_ROUNDS = 3;
/**
 * Where so much is missing it is not settled bit by bit: only its whole shows whether it is too much. So long, while news
 * keep coming.
 */
const STORM = 300;
const STORM_NEWS_MS = 200;
const LONGEST_STORM_MS = 10_000;
/** So many folders with changes are named one by one. */
const FOLDERS_NAMED = 100;

export interface PassWork {
  readonly index: LiveIndex;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly places: Places;
  readonly firstNewId: number;
  readonly left: ReadonlySet<number>;
  readonly taken: readonly { id: number; deep: boolean }[];
  readonly entering: PassParts['entering'];
  /** All that is waiting now, due or not. */
  more(): readonly { id: number; deep: boolean }[];
  removing(id: number): void;
  readonly removals: Removals;
  stopping(): boolean;
}

/** One pass from its first look to its report. */
export async function runPass(work: PassWork): Promise<PassedReport> {
  const { index, clock, places, firstNewId, left, entering } = work;
  const pass = index.pass({ places, entering, firstNewId, left });
  for (const { id, deep } of work.taken) pass.add(id, deep);
  await workThrough();
  await lookAtLateNews();
  const report = pass.settle(work.removals, work.removing);
  work.removals.note(report.left);
  const movedInto = report.locations.toSorted((a, b) => countOf(b).added - countOf(a).added)[0];
  return {
    locations: report.locations.map((looked) => passed(looked, looked === movedInto ? report.moved : 0, report)),
  };

  async function lookAtLateNews(): Promise<void> {
    const began = clock.monotonic();
    for (let round = 1; pass.missing > 0; round++) {
      const isStorm = pass.missing >= STORM;
      await pause(isStorm ? STORM_NEWS_MS : LATE_NEWS_MS);
      const more = work.more();
      if (more.length === 0) return;
      for (const { id, deep } of more) pass.add(id, deep);
      await workThrough();
      if (isStorm ? clock.monotonic() - began > LONGEST_STORM_MS : round >= LATE_NEWS_ROUNDS) return;
    }
  }

  async function workThrough(): Promise<void> {
    let until = clock.monotonic() + SLICE_MS;
    const mayGoOn = (): boolean => {
      work.pace.giveWay();
      return clock.monotonic() < until;
    };
    while (!pass.work(mayGoOn)) {
      if (work.stopping()) throw new Error('the watcher stops');
      await pause(0);
      until = clock.monotonic() + SLICE_MS;
    }
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => void clock.after(milliseconds, resolve));
  }

  function passed(looked: LookedAt, movedFiles: number, { losses }: PassReport): PassedLocation {
    const { location, changes, movedFolders } = looked;
    const counts = countOf(looked);
    // What was moved looked new where it was found.
    const moved = Math.min(counts.added, movedFiles + movedFolders);
    const changed = [...changes].filter(([, { added, modified, removed }]) => added + modified + removed > 0);
    const folders: FolderNews[] = [];
    for (const [id, { added, modified, removed }] of changed.slice(0, FOLDERS_NAMED)) {
      const path = places.of(id)?.path;
      if (path !== undefined) folders.push({ path, added, modified, removed });
    }
    const withFiles = [...changes].filter(([, { files }]) => files).map(([id]) => id);
    return {
      id: location.uuid,
      path: location.path,
      folders,
      all: changed.length,
      changes: { ...counts, added: counts.added - moved, moved },
      identified: identifies(location.mode) && withFiles.length > 0 ? identify(location, withFiles) : 'none',
      braked: losses.some(({ root }) => root === location.root),
    };
  }

  function identify(location: LiveLocation, folders: readonly number[]): 'all' | 'left' {
    return index.identify(location, folders, () => !work.stopping()) === undefined ? 'left' : 'all';
  }
}

type LookedAt = PassReport['locations'][number];

function countOf({ changes }: LookedAt): ChangeCounts {
  return [...changes.values()].reduce((sum, folder) => addCounts(sum, { ...folder, moved: 0 }), NO_CHANGES);
}
