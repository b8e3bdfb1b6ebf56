import { type Pace, SharedPace, UNPACED } from './pace.ts';
import type { ThreadPlatform } from './platform.ts';
import type { WorkerPort } from './ports/workers.ts';

/** What a thread of the core does from its first message on. */
export type Role = (platform: ThreadPlatform, port: WorkerPort, pace: Pace) => void;

/** The roles by name. Loaded when a thread starts, so that each holds only what it needs. */
const ROLES: Readonly<Record<string, () => Promise<Role>>> = {
  carrier: async () => {
    const [{ carrierRole }, { LibraryFollower }] = await Promise.all([
      import('./file-actions/carrying-out/carrier-worker.ts'),
      import('./indexing/following/library-follower.ts'),
    ]);
    return carrierRole({ openFollower: (parts) => new LibraryFollower(parts) });
  },
  copier: async () => (await import('./file-actions/carrying-out/copier-worker.ts')).copierRole,
  exporter: async () => (await import('./exporting/export-worker.ts')).exporterRole,
  'full-hashes': async () => (await import('./hashing/verify-worker.ts')).verifyRole,
  hasher: async () => (await import('./indexing/hasher.ts')).hasherRole,
  'index-writer': async () => (await import('./indexing/writer.ts')).writerRole,
  'kept-sweeper': async () => (await import('./indexing/keeping/sweep-worker.ts')).sweepKeptRole,
  'library-maintenance': async () => (await import('./libraries/maintenance-worker.ts')).maintenanceRole,
  'library-tasks': async () => {
    const [{ libraryTasksRole }, { libraryTasks }] = await Promise.all([
      import('./libraries/task-worker.ts'),
      import('./library-tasks.ts'),
    ]);
    return libraryTasksRole(libraryTasks);
  },
  'location-verifier': async () => {
    const [{ locationVerifierRole }, { compileRules }, { WholeFileHasher }] = await Promise.all([
      import('./verifying/verify-worker.ts'),
      import('./indexing/rules/compile.ts'),
      import('./hashing/hash-whole-file.ts'),
    ]);
    return locationVerifierRole({
      compileRules,
      wholeFileHasher: (files, hashing) => new WholeFileHasher(files, hashing),
    });
  },
  media: async () => (await import('./media/media-role.ts')).mediaRole,
  planner: async () => {
    const [{ plannerRole }, { addressOf }, { inverseSteps }, { dedupePlan }] = await Promise.all([
      import('./file-actions/planner-role.ts'),
      import('./browsing/address.ts'),
      import('./file-actions/undoing/inverse-steps.ts'),
      import('./deduplicating/dedupe-steps.ts'),
    ]);
    return plannerRole({ addressOf, inverseSteps, dedupePlan });
  },
  'plan-verifier': async () => {
    const [{ planVerifierRole }, { indexLook }] = await Promise.all([
      import('./file-actions/verifying/plan-verifier-role.ts'),
      import('./indexing/following/index-look.ts'),
    ]);
    return planVerifierRole({ indexLook });
  },
  reader: async () => (await import('./reading/reader-worker.ts')).readerRole,
  sidecars: async () => {
    const [{ sidecarsRole }, { presenceOf }] = await Promise.all([
      import('./media/making-worker.ts'),
      import('./locations/presence.ts'),
    ]);
    return sidecarsRole({ isThere: (location, files) => presenceOf(location, files) === 'online' });
  },
  'tag-travel': async () => (await import('./travel/travel-worker.ts')).tagTravelRole,
  'text-index': async () => (await import('./search/text-index-worker.ts')).textIndexRole,
  texts: async () => (await import('./text-search/texts-worker.ts')).textsRole,
  walker: async () => (await import('./indexing/walker.ts')).walkerRole,
  watcher: async () => {
    const [{ watcherRole }, { LiveIndex }, { presenceOf }] = await Promise.all([
      import('./watching/watcher-worker.ts'),
      import('./indexing/passes/live-index.ts'),
      import('./locations/presence.ts'),
    ]);
    return watcherRole({
      liveIndex: (parts) =>
        new LiveIndex({ ...parts, isThere: (row) => presenceOf(row, parts.platform.files) === 'online' }),
    });
  },
};

/** `pace`: the shared memory a background thread was spawned with. */
export async function runRole(
  name: string,
  platform: ThreadPlatform,
  port: WorkerPort,
  pace?: SharedArrayBuffer,
): Promise<void> {
  const load = ROLES[name];
  if (!load) throw new Error(`no thread role ${name}`);
  const role = await load();
  role(platform, port, pace ? new SharedPace(pace, () => platform.clock.monotonic()) : UNPACED);
}
