import { listVolumes } from './db/library/volumes.ts';
import type { Device } from './domain/device.ts';
import { uuidFromText } from './domain/ids.ts';
import { parseSdPath } from './domain/sd-path.ts';
import type { EventBus } from './events.ts';
import { ActionStores } from './file-actions/action-stores.ts';
import { type CommittedAction, FileActionsService } from './file-actions/file-actions-service.ts';
import { Planners } from './file-actions/planners.ts';
import type { PlannerMount } from './file-actions/protocol.ts';
import type { JobInfo, JobRequest } from './jobs/job-manager.ts';
import type { Library, LibraryRead } from './libraries/library.ts';
import type { Verification } from './domain/plan.ts';
import type { Clock } from './ports/clock.ts';
import type { Files } from './ports/files.ts';
import type { Log } from './ports/log.ts';
import type { Sqlite } from './ports/sqlite.ts';
import type { Workers } from './ports/workers.ts';
import type { VolumeService } from './volumes/volume-service.ts';

/** Speeds are measured in megabytes a second. */
const MB = 1e6;

/** What plans are made and kept with. */
export interface PlanningParts {
  readonly sqlite: Sqlite;
  readonly files: Files;
  readonly workers: Workers;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventBus;
  readonly device: Device;
  readonly newId: () => string;
  readonly volumes: VolumeService;
}

export interface FileActionsParts extends PlanningParts {
  /** Queues the job that carries out the action of that receipt. */
  enqueue(request: JobRequest, receipt: string): Promise<JobInfo>;
  /** A plan was made that is likely to be committed soon. */
  made(library: Library): void;
  verify(library: Library, plan: string, signal: AbortSignal): Promise<Verification>;
  record(library: Library, action: CommittedAction): Promise<void>;
}

/** Plans of file actions with what they need of volumes, jobs and history. */
export function assembleFileActions(parts: FileActionsParts) {
  const { volumes } = parts;
  const planners = new Planners(parts);
  const stores = new ActionStores(parts);
  const fileActions = new FileActionsService({
    ...parts,
    planners,
    stores,
    reachable: (addresses) => askSlowDisks(addresses, parts),
    mounts: async (library) => {
      await volumes.lookAgain();
      return mountsNow(volumes, library, parts.device);
    },
  });
  return { fileActions, stores, stop: () => planners.stop() };
}

/** A thread that looks at a share whose server is gone waits for it: it is asked first, by who need not wait. */
async function askSlowDisks(
  addresses: readonly string[],
  { volumes, device }: Pick<FileActionsParts, 'volumes' | 'device'>,
): Promise<void> {
  const asked = new Set<string>();
  for (const address of addresses) {
    const parsed = parseSdPath(address, device.slug);
    if (!parsed.ok || parsed.path.kind !== 'local' || !volumes.mayHang(parsed.path.path)) continue;
    const mount = volumes.table.mountOf(parsed.path.path)?.path;
    if (mount === undefined || asked.has(mount)) continue;
    asked.add(mount);
    await volumes.facts(mount);
  }
}

function mountsNow(service: VolumeService, { db }: Pick<LibraryRead, 'db'>, device: Device): PlannerMount[] {
  const { table } = service;
  const known = listVolumes(db, uuidFromText(device.id) ?? new Uint8Array(16));
  return table.mounts.map((mount) => {
    const fingerprint = table.volumeOf(mount)?.fingerprint;
    // Of what has no fingerprint, nothing says more than what is mounted where.
    const identity = fingerprint ?? `${mount.fileSystem} ${mount.path}`;
    const speed = known.find((volume) => volume.fingerprint === fingerprint)?.facts.speed;
    const { path, superblock, fileSystem, virtual, network, readOnly, copyOnWrite } = mount;
    return {
      path,
      superblock,
      identity,
      fileSystem,
      virtual,
      network,
      readOnly,
      copyOnWrite,
      ...(speed ? { readSpeed: speed.read_mb_s * MB, writeSpeed: speed.write_mb_s * MB } : {}),
    };
  });
}
