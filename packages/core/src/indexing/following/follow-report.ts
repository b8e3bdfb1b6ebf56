import type { ChangeCounts } from '../../domain/scan.ts';
import { NO_CHANGES, addCounts } from '../../domain/scan.ts';
import type { PassedLocation, PassedReport } from '../../watching/protocol.ts';
import type { LiveLocation, Places } from '../passes/places.ts';

/** So many folders with changes are named one by one. */
const FOLDERS_NAMED = 100;

type Change = 'added' | 'modified' | 'removed';
interface Noted {
  readonly folders: Map<number, Record<Change, number>>;
  /** Also counted as added where they came to, and as removed where they left. */
  moved: number;
  /** Moved to or from another location. */
  came: number;
  left: number;
  identified: PassedLocation['identified'];
  braked: boolean;
}

/** What came into the index by following, by location, until somebody asks. */
export class FollowReport {
  #noted = new Map<string, Noted>();

  note(location: LiveLocation, folder: number, change: Change): void {
    this.add(location, folder, { added: 0, modified: 0, removed: 0, [change]: 1 });
  }

  add(location: LiveLocation, folder: number, counts: Readonly<Record<Change, number>>): void {
    const { folders } = this.#of(location);
    const known = folders.get(folder) ?? { added: 0, modified: 0, removed: 0 };
    const { added, modified, removed } = counts;
    if (added + modified + removed === 0) return;
    folders.set(folder, {
      added: known.added + added,
      modified: known.modified + modified,
      removed: known.removed + removed,
    });
  }

  /** An entry that was noted as removed in one folder and added in another is the same one. */
  moved(from: LiveLocation, to: LiveLocation): void {
    this.#of(to).moved++;
    this.#of(to).came++;
    this.#of(from).left++;
  }

  identified(location: LiveLocation, how: 'all' | 'left'): void {
    const noted = this.#of(location);
    if (noted.identified !== 'left') noted.identified = how;
  }

  /** A look would have lost more than it may without a question. */
  braked(location: LiveLocation): void {
    this.#of(location).braked = true;
  }

  take(places: Places): PassedReport {
    const locations = places.locations.flatMap((location) => {
      const noted = this.#noted.get(location.uuid);
      return noted ? [passed(location, noted, places)] : [];
    });
    this.#noted = new Map();
    return { locations };
  }

  #of({ uuid }: LiveLocation): Noted {
    let noted = this.#noted.get(uuid);
    if (!noted)
      this.#noted.set(
        uuid,
        (noted = { folders: new Map(), moved: 0, came: 0, left: 0, identified: 'none', braked: false }),
      );
    return noted;
  }
}

function passed({ uuid, path }: LiveLocation, noted: Noted, places: Places): PassedLocation {
  const sum = [...noted.folders.values()].reduce<ChangeCounts>(
    (all, folder) => addCounts(all, { ...folder, moved: 0 }),
    NO_CHANGES,
  );
  const folders = [...noted.folders].slice(0, FOLDERS_NAMED).flatMap(([id, counts]) => {
    const place = places.of(id);
    return place ? [{ path: place.path, ...counts }] : [];
  });
  return {
    id: uuid,
    path,
    folders,
    all: noted.folders.size,
    changes: {
      added: sum.added - noted.came,
      modified: sum.modified,
      moved: noted.moved,
      removed: sum.removed - noted.left,
    },
    identified: noted.identified,
    braked: noted.braked,
  };
}
