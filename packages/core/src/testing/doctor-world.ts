import type { LocationView } from '../domain/location.ts';
import type { DoctorWorld } from '../doctor/world.ts';
import type { JobInfo } from '../jobs/job-manager.ts';
import type { LibrarySummary } from '../libraries/library-manager.ts';
import type { LibrarySurvey } from '../libraries/survey.ts';
import type { CoreStatus } from '../status.ts';
import { ManualClock } from './manual-clock.ts';

export const NOW = 1_700_000_000_000;
const ID = '0193a5b0-0000-7000-8000-000000000001';

export const HEALTHY_LIBRARY: LibrarySummary = {
  id: ID,
  name: 'Photos',
  folder: '/data/Photos',
  state: 'open',
  protection: 'keychain',
};

export const HEALTHY_SURVEY: LibrarySurvey = {
  checked: ['pages', 'pages of jobs'],
  problems: [],
  clock_ms: NOW,
  sidecars: { made: 3, failed: 0, orphans: 0, sample: [] },
};

/** Only what checks look at. */
export function location(facts: Partial<LocationView>): LocationView {
  return {
    id: ID,
    name: 'Pictures',
    native_path: '/home/pictures',
    state: 'online',
    indexed_at: NOW,
    ...facts,
  } as LocationView;
}
export function job(facts: Partial<JobInfo>): JobInfo {
  return {
    id: ID,
    kind: 'locations.index',
    subject: 'Pictures',
    state: 'completed',
    ended_at: NOW,
    ...facts,
  } as JobInfo;
}

/** A world in which all is well, but for what a test says. */
export function doctorWorld(ill: Partial<DoctorWorld> = {}): DoctorWorld {
  return {
    clock: new ManualClock(NOW),
    files: { facts: () => undefined, isPrivate: () => true, listFolder() {} },
    dataFolder: '/data',
    libraries: () => [HEALTHY_LIBRARY],
    lastBackup: async () => NOW - 3_600_000,
    survey: async () => HEALTHY_SURVEY,
    sidecarFolder: (folder, content) => `${folder}/${content}`,
    locations: () => [{ library: 'Photos', view: location({}), watch: { state: 'live', folders: 5, watched: 5 } }],
    space: async () => ({ free: 50e9, total: 100e9 }),
    watchLimits: () => ({ watches: 1_000, used: 10, raise: 'sysctl more' }),
    jobs: () => [],
    status: () =>
      ({
        services: [{ name: 'jobs', state: 'running' }],
        performance: { setting: 'balanced', effective: 'balanced', reason: 'setting' },
      }) as unknown as CoreStatus,
    host: async () => [],
    ...ill,
  };
}
