import type { CoreServices } from './core-services.ts';
import type { CoreOptions } from './core-options.ts';
import { listLocations } from './db/library/locations.ts';
import type { Device } from './domain/device.ts';
import { uuidToText } from './domain/ids.ts';
import { diagnose } from './doctor/doctor.ts';
import type { Finding } from './doctor/finding.ts';
import type { DoctorWorld } from './doctor/world.ts';
import type { DurableJobs } from './jobs/durable-jobs.ts';
import type { Libraries } from './libraries/manager.ts';
import type { LibrarySurvey } from './libraries/survey.ts';
import type { LocationPresence } from './locations/location-presence.ts';
import { locationView } from './locations/view.ts';
import { folderOfContent } from './media/sidecar-files.ts';
import type { Platform } from './platform.ts';
import type { WatchService } from './watching/watch-service.ts';

export interface DoctorParts {
  readonly platform: Platform;
  readonly options: CoreOptions;
  readonly device: Device;
  readonly libraries: Libraries;
  readonly jobs: DurableJobs;
  readonly watching: WatchService;
  readonly presence: LocationPresence;
  readonly status: CoreServices['status'];
}

/** Looks at everything once. */
export function diagnoseCore(parts: DoctorParts): Promise<Finding[]> {
  return diagnose(worldOf(parts));
}

/** What the checks see of an open core. Made for each diagnosis: what one check has asked, the others need not ask again. */
function worldOf({ platform, options, device, libraries, jobs, watching, presence, status }: DoctorParts): DoctorWorld {
  const surveys = new Map<string, Promise<LibrarySurvey>>();
  const survey = (id: string): Promise<LibrarySurvey> => {
    const known = surveys.get(id) ?? libraries.survey(id);
    surveys.set(id, known);
    return known;
  };
  return {
    clock: platform.clock,
    files: platform.files,
    dataFolder: options.dataFolder,
    libraries: () => libraries.list(),
    lastBackup: async (id) => (await libraries.info(id)).last_backup?.at,
    survey,
    sidecarFolder: folderOfContent,
    locations: () =>
      libraries
        .list()
        .filter(({ state }) => state === 'open')
        .flatMap(({ id, name }) =>
          listLocations(libraries.open(id).db).map((row) => ({
            library: name,
            view: locationView(row, (location) => presence.known(location), device.slug),
            watch: watching.of(id, uuidToText(row.uuid)),
          })),
        ),
    space: (path) => platform.mounts.files.space(path),
    watchLimits: () => platform.watching.limits(),
    jobs: () => jobs.list(),
    status,
    host: async () => (await options.diagnose?.()) ?? [],
  };
}
