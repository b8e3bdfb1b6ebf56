import { showNative } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { UserFiles } from '../ports/user-files.ts';
import type { WorkerPort } from '../ports/workers.ts';
import type { ThreadTask } from '../thread-task.ts';
import { answerUserFilesTask } from '../user-files-task.ts';
import type { FoundFacts, TravelProgress, TravelRequest, Travelled } from './protocol.ts';
import { EntryPaths, TravelWriter, readTravelled } from './traveller.ts';

const CACHE_KIB = 4 * 1024;

/** The thread that carries what people said to files, or from them. */
export function tagTravelRole(platform: ThreadPlatform, port: WorkerPort): void {
  answerUserFilesTask<TravelRequest, Travelled, TravelProgress>(platform, port, (task, userFiles) => {
    const { databasePath: path, key } = task.request.library;
    const db = platform.sqlite.open({ path, key, mode: 'read', cacheKiB: CACHE_KIB });
    try {
      const state = carry(task, { platform, userFiles, db });
      return { state, finished: state.done === task.request.entries.length };
    } finally {
      db.close();
    }
  });
}

interface World {
  readonly platform: ThreadPlatform;
  readonly userFiles: UserFiles | undefined;
  readonly db: ReturnType<ThreadPlatform['sqlite']['open']>;
}

function carry(
  { request, stopped, progress }: ThreadTask<TravelRequest, Travelled, TravelProgress>,
  { platform: { files }, userFiles, db }: World,
): Travelled {
  const { direction, carriers, entries } = request;
  const paths = new EntryPaths(db);
  const writer = userFiles && new TravelWriter({ db, files, userFiles, private: request.private });
  if (direction === 'export' && !writer) throw new SdError('UNAVAILABLE', 'files cannot be changed on this platform');
  const problems: { item: string; reason: string }[] = [];
  const found: FoundFacts[] = [];
  let [done, carried] = [0, 0];
  for (const entry of entries) {
    if (stopped()) break;
    const place = paths.of(entry);
    done++;
    if (!place) continue;
    progress({ done, path: place.path });
    try {
      if (direction === 'import') {
        const facts = readTravelled(files, userFiles, place, carriers);
        if (facts) found.push({ entry, facts });
        if (facts) carried++;
      } else if (writer) {
        const { changed, left } = writer.write(entry, place, carriers);
        if (changed) carried++;
        for (const what of left) problems.push({ item: showNative(place.path), reason: `not written: ${what}` });
      }
    } catch (error) {
      if (!(error instanceof SdError)) throw error;
      if (error.code === 'DISK_FULL') throw error;
      problems.push({ item: showNative(place.path), reason: error.message });
    }
  }
  return { done, carried, problems, found };
}
