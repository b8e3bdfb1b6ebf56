import { z } from 'zod';
import {
  type LocationWithTotals,
  listLocations,
  locationByUuid,
  updateLocation,
} from '../../../db/library/locations.ts';
import { updateRootEntry } from '../../../db/library/root-entry.ts';
import { uuidSchema, uuidToText } from '../../../domain/ids.ts';
import { type LocationMode, acceptedLossSchema, identifies, locationRulesSchema } from '../../../domain/location.ts';
import {
  type ChangesSince,
  NO_CHANGES,
  type ScanResult,
  addCounts,
  changesSinceSchema,
  scanResultSchema,
} from '../../../domain/scan.ts';
import { showNative } from '../../../domain/native-path.ts';
import { SdError } from '../../../errors.ts';
import type { ActiveScans } from '../../../indexing/active-scans.ts';
import type { IndexTurns } from '../../../indexing/index-turn.ts';
import { ScanStopped, scanLocation } from '../../../indexing/scan-run.ts';
import type { Library } from '../../../libraries/library.ts';
import { pathOfLocation } from '../../../locations/find.ts';
import type { LocationPlace, Presence } from '../../../locations/presence.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { FileFacts, ReadFiles } from '../../../ports/files.ts';
import type { Workers } from '../../../ports/workers.ts';
import { type JobContext, type JobKind, jobKind } from '../../kind.ts';

export interface IndexServices {
  readonly workers: Workers;
  readonly files: ReadFiles;
  /** Whether a location is there now; a disk that does not answer is not. */
  presenceOf(location: LocationPlace): Promise<Presence>;
  readonly clock: Clock;
  readonly scans: ActiveScans;
  readonly turns: IndexTurns;
  /** Rows of the library were committed: whoever follows them may look. */
  changed(library: Library): void;
  /** Files of a location were identified. */
  identified?(library: Library, location: string): void;
  /** Resolves once `changes_since` of the library's locations counts what the watcher has brought in so far. */
  changesCounted?(library: Library): Promise<void>;
  /** Looks which volumes are mounted now, so that `volume_away` of the library's locations is true of this moment. */
  lookForVolumes?(library: Library): Promise<void>;
}

const input = z.object({
  location: uuidSchema,
  full: z.boolean().optional(),
  /** The user has said that this is gone: it passes the brake, and no other loss does. */
  accept: acceptedLossSchema.optional(),
  /** What is missing may turn up in another location that is scanned too: it is settled once all of them were. */
  leave_missing: z.boolean().optional(),
});
/** A scan that is repeated skips what it has done; what must last is what the earlier attempts counted. */
const state = z.object({ before: scanResultSchema.optional() });

export function indexLocation(services: IndexServices): JobKind {
  return jobKind({
    name: 'locations.index',
    version: 1,
    summary: 'Brings the index of a location up to date with the disk.',
    input,
    state,
    begin: () => ({}),
    left: ({ before }) => before && { ...before, interrupted: true },
    // What has changed may lie behind where the scan that runs has been.
    equal: 'waiting',
    // A disk that comes back is scanned anew: waiting for it here would only make people wait for the answer.
    temporary: ['DISK_FULL', 'IO', 'LIMIT'],
    // Scans share the disk and the write lock of a library: one after the other is quicker than two at once.
    exclusive: () => 'index',
    async run(context, { before }) {
      const { library } = context;
      await services.lookForVolumes?.(library);
      const row = locationByUuid(library.db, context.input.location);
      if (!row) throw new SdError('NOT_FOUND', 'the location was removed from the library');
      await refuseOffline(row, services);
      const root = services.files.facts(pathOfLocation(row));
      const firstNewId = row.unsettled_from ?? library.entryIds.next;
      await markScanning(library, row, firstNewId);
      const end = services.scans.begin(library.id, library.entryIds.next);
      try {
        const counted = sum(before, await scan(services, context, row, firstNewId));
        const result = await markScanned(library, row, root, counted, context.priority() !== 'background', services);
        context.problems({
          count: Math.max(result.unreadable + result.vanished, result.problems.length),
          named: result.problems.map(({ path, reason }) => ({ item: path, reason })),
        });
        if (identifies(row.mode as LocationMode)) services.identified?.(library, context.input.location);
        return result;
      } catch (error) {
        await markStopped(context, row);
        if (error instanceof ScanStopped) context.checkpoint({ before: sum(before, error.done) });
        throw error;
      } finally {
        end();
        services.changed(library);
      }
    },
  });
}

async function scan(
  services: IndexServices,
  context: JobContext<z.infer<typeof input>, z.infer<typeof state>>,
  row: LocationWithTotals,
  firstNewId: number,
): Promise<ScanResult> {
  const { library } = context;
  const expected = (row.files ?? 0) + (row.folders ?? 0);
  return scanLocation(
    {
      library,
      root: { id: row.root_entry_id, path: pathOfLocation(row) },
      otherRoots: await othersOnDisk(library, row, services),
      mode: row.mode as LocationMode,
      rules: locationRulesSchema.parse(JSON.parse(row.rules)),
      full: context.input.full === true || row.full_due === 1,
      firstNewId,
      accepted: context.input.accept,
      leaveMissing: context.input.leave_missing === true,
    },
    {
      workers: services.workers,
      files: services.files,
      clock: services.clock,
      signal: context.signal,
      turn: () => services.turns.take(library.id, context.signal),
      isThere: async () => {
        await services.lookForVolumes?.(library);
        const now = locationByUuid(library.db, context.input.location);
        // Mounted elsewhere, it is there, and not where this scan looks.
        return (
          now !== undefined &&
          pathOfLocation(now) === pathOfLocation(row) &&
          (await services.presenceOf(now)) !== 'offline'
        );
      },
      progress: (progress) =>
        context.progress(
          progress.phase === 'discover' && expected >= progress.done && expected > 0
            ? { ...progress, total: expected }
            : progress,
        ),
      changed: () => services.changed(library),
    },
  );
}

/** Locations on the same disk that are there: what is new here may have been moved from them. */
async function othersOnDisk(library: Library, row: LocationWithTotals, { presenceOf }: IndexServices) {
  const roots: { id: number; path: string }[] = [];
  for (const other of listLocations(library.db))
    if (other.id !== row.id && other.root_device === row.root_device && (await presenceOf(other)) === 'online')
      roots.push({ id: other.root_entry_id, path: pathOfLocation(other) });
  return roots;
}

/** Neither an empty mount point nor another disk in its place is a reason to forget a disk. */
async function refuseOffline(row: LocationWithTotals, { presenceOf }: IndexServices): Promise<void> {
  if ((await presenceOf(row)) !== 'offline') return;
  throw new SdError(
    'OFFLINE',
    `what was indexed as "${row.name}" is not at ${showNative(pathOfLocation(row))} now; what the index knows of it stays`,
    {
      way_out: `mount its disk and scan again; if the folder there really is the new one, remove the location and add it again`,
    },
  );
}

async function markScanning(library: Library, row: LocationWithTotals, firstNewId: number): Promise<void> {
  await library.write((tx) => {
    updateLocation(tx, row.id, { scanning: 1, unsettled_from: firstNewId });
    tx.emit({ resource: 'location', change: 'updated', ids: [idOf(row)], path: pathOfLocation(row) });
  });
}

/** What ended the scan is what is to be told, not that a full disk takes no note of it. */
async function markStopped(
  { library, log }: Pick<JobContext, 'library' | 'log'>,
  row: LocationWithTotals,
): Promise<void> {
  try {
    await library.write((tx) => updateLocation(tx, row.id, { scanning: 0 }));
  } catch (error) {
    log.warn('a location still says that it is being scanned', { location: row.name, error: String(error) });
  }
}

async function markScanned(
  library: Library,
  row: LocationWithTotals,
  root: FileFacts | undefined,
  counted: ScanResult,
  asked: boolean,
  { clock, files, changesCounted }: IndexServices,
): Promise<ScanResult> {
  await changesCounted?.(library);
  const seen = files.facts(pathOfLocation(row));
  // While contents were read the disk may have gone: the folder it was mounted on must not pass for the location.
  const facts = seen?.inode === root?.inode && seen?.device === root?.device ? seen : undefined;
  return library.write((tx) => {
    const now = locationByUuid(tx, idOf(row));
    const at = clock.now();
    const since = changesSince(now, counted, at);
    const result = asked && now?.changes_since ? { ...counted, since } : counted;
    updateLocation(tx, row.id, {
      changes_since: JSON.stringify(asked ? { ...NO_CHANGES, at } : since),
      scanning: 0,
      // What was changed while this scan ran is for the next one.
      ...(now?.rules === row.rules && now.mode === row.mode ? { full_due: 0 } : {}),
      indexed_at: at,
      last_scan: JSON.stringify(result),
      ...(facts ? { root_device: facts.device, root_inode: facts.inode } : {}),
    });
    if (facts) updateRootEntry(tx, row.root_entry_id, facts);
    tx.emit({
      resource: 'location',
      change: 'updated',
      ids: [idOf(row)],
      path: pathOfLocation(row),
      data: { added: result.added, modified: result.modified, moved: result.moved, removed: result.removed },
    });
    return result;
  });
}

/** What has changed since a scan that was asked for, with what this one found; a first scan begins the count. */
function changesSince(row: LocationWithTotals | undefined, found: ScanResult, at: number): ChangesSince {
  if (!row?.changes_since) return { ...NO_CHANGES, at };
  return addCounts(changesSinceSchema.parse(JSON.parse(row.changes_since)), found);
}

/** What an interrupted scan did counts for the one that finished it; what is there is what the last one saw. */
function sum(before: ScanResult | undefined, now: ScanResult): ScanResult {
  if (!before) return now;
  const summed = { ...now };
  for (const name of [
    'added',
    'modified',
    'moved',
    'removed',
    'identified',
    'identified_bytes',
    'duration_ms',
  ] as const)
    summed[name] += before[name];
  summed.unchanged = Math.max(0, now.unchanged - before.added - before.modified - before.moved);
  return summed;
}

function idOf(row: LocationWithTotals): string {
  return uuidToText(row.uuid);
}
