import { checkLibraryDatabase, integrity } from '../db/check.ts';
import { libraryFormat } from '../db/library-format.ts';
import { setLibraryFacts } from '../db/library/facts.ts';
import {
  type LocationWithTotals,
  deleteLocation,
  insertLocation,
  locationByUuid,
  updateLocation,
} from '../db/library/locations.ts';
import { insertRootEntry, storedName } from '../db/library/root-entry.ts';
import { writeTransaction } from '../db/write.ts';
import { type IdSource, idSource, uuidToText } from '../domain/ids.ts';
import {
  type AcceptedLoss,
  type LocationAttention,
  type LocationMode,
  type LocationRules,
  acceptedLossSchema,
  locationAttentionSchema,
  withRules,
} from '../domain/location.ts';
import { basenameOf } from '../domain/native-path.ts';
import type { ScanResult } from '../domain/scan.ts';
import { SdError } from '../errors.ts';
import { EventBus } from '../events.ts';
import { ActiveScans } from '../indexing/active-scans.ts';
import { IndexTurns } from '../indexing/index-turn.ts';
import { ScanStopped } from '../indexing/scan-run.ts';
import { type JobContext, type JobProgressReport, JobStopped } from '../jobs/kind.ts';
import { identifyContents } from '../jobs/kinds/content/identify.ts';
import { indexLocation } from '../jobs/kinds/locations/index.ts';
import { sweepLocation } from '../jobs/kinds/locations/sweep.ts';
import { OpenLibrary } from '../libraries/library.ts';
import { presenceOf } from '../locations/presence.ts';
import type { Platform, ThreadPlatform } from '../platform.ts';
import type { Log } from '../ports/log.ts';
import { inlineWorkers } from './inline-workers.ts';
import { testPlatform } from './test-platform.ts';

const LIBRARY_ID = '0193a5b0-0000-7000-8000-000000000001';
const DEVICE = new Uint8Array(16).fill(7);
const quiet = (): void => {};
const NO_LOG: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => NO_LOG };

export interface ScanOptions {
  readonly full?: boolean;
  /** See the input of the job. */
  readonly leaveMissing?: boolean;
  readonly accept?: AcceptedLoss;
  readonly signal?: AbortSignal;
  /** What an earlier attempt of the same job left. */
  readonly state?: unknown;
  progress?(report: JobProgressReport): void;
}
/** `state` is what a stopped scan left for the next attempt. */
export type ScanOutcome =
  | { readonly result: ScanResult }
  | { readonly stopped: true; readonly state: unknown }
  | { readonly error: SdError };

export interface ScanBenchOptions {
  /** Real threads. */
  readonly real?: boolean;
  /** What inline threads get instead of the real ports. */
  readonly ports?: (platform: Platform) => Partial<ThreadPlatform>;
  /** The file system, for the main thread and those that are inline. */
  readonly files?: (platform: Platform) => Platform['files'];
  readonly now?: () => number;
  /** One that is open already, instead of one in the folder. */
  readonly library?: OpenLibrary;
  /** Shared with others who change the index. */
  readonly turns?: IndexTurns;
  readonly scans?: ActiveScans;
}

/** A library with its scans and nothing else of a core; the threads run inline unless `real`. */
export class ScanBench {
  readonly library: OpenLibrary;
  readonly platform: Platform;
  readonly #ids: IdSource;
  readonly #services: Parameters<typeof indexLocation>[0];

  constructor(folder: string, options: ScanBenchOptions = {}) {
    const bare = testPlatform(folder, NO_LOG);
    this.platform = { ...bare, files: options.files?.(bare) ?? bare.files };
    this.#ids = idSource(bare.clock, bare.random);
    const [key, path, now] = [
      new Uint8Array(32).fill(1),
      `${folder}/library.db`,
      options.now ?? (() => bare.clock.now()),
    ];
    if (!options.library && !bare.files.facts(path)) {
      libraryFormat.create(bare.sqlite, { path, key }, (connection) =>
        writeTransaction(connection, { deviceId: DEVICE, now }, undefined, (tx) =>
          setLibraryFacts(tx, { id: LIBRARY_ID, name: 'Bench', created_at: 0 }),
        ),
      );
    }
    this.library =
      options.library ??
      new OpenLibrary({
        id: LIBRARY_ID,
        name: 'Bench',
        folder,
        key,
        sqlite: bare.sqlite,
        events: new EventBus('bench', now),
        environment: { deviceId: DEVICE, now },
      });
    const workers = options.real
      ? bare.workers
      : inlineWorkers(this.platform, { files: this.platform.files, ...options.ports?.(this.platform) });
    this.#services = {
      workers,
      files: this.platform.files,
      presenceOf: async (location) => presenceOf(location, this.platform.files),
      clock: bare.clock,
      scans: options.scans ?? new ActiveScans(),
      turns: options.turns ?? new IndexTurns(),
      changed: quiet,
    };
  }

  /** Answers its UUID. */
  async add(path: string, mode: LocationMode = 'shallow', rules: Partial<LocationRules> = {}): Promise<string> {
    const { library } = this;
    const facts = this.platform.files.facts(path);
    if (!facts) throw new Error('no such folder');
    const uuid = this.#ids.bytes();
    await library.write((tx) => {
      const root = library.entryIds.take(1);
      insertRootEntry(tx, { id: root, uuid: this.#ids.bytes(), name: basenameOf(path), facts });
      insertLocation(tx, {
        uuid,
        device_id: DEVICE,
        root_entry_id: root,
        path: storedName(path),
        name: basenameOf(path),
        mode,
        rules: JSON.stringify(withRules(rules)),
        created_at: 0,
        root_device: facts.device,
        root_inode: facts.inode,
      });
    });
    return uuidToText(uuid);
  }

  location(uuid: string): LocationWithTotals {
    const row = locationByUuid(this.library.db, uuid);
    if (!row) throw new Error('no such location');
    return row;
  }

  /** What of it waits for a word. */
  attention(uuid: string): LocationAttention {
    return locationAttentionSchema.parse(JSON.parse(this.location(uuid).attention ?? 'null'));
  }

  async change(uuid: string, change: { mode?: LocationMode; rules?: Partial<LocationRules> }): Promise<void> {
    const { id, rules, mode } = this.location(uuid);
    await this.library.write((tx) =>
      updateLocation(tx, id, {
        mode: change.mode ?? mode,
        rules: change.rules ? JSON.stringify(withRules(change.rules)) : rules,
        full_due: 1,
      }),
    );
  }

  async remove(uuid: string, sweep = true): Promise<void> {
    const row = this.location(uuid);
    await this.library.write((tx) => deleteLocation(tx, row));
    if (sweep) await sweepLocation(this.#services).run(this.#context({ root_entry: row.root_entry_id }, {}), {});
  }

  /** One attempt of the job that scans a location. */
  async attempt(uuid: string, options: ScanOptions = {}): Promise<ScanOutcome> {
    let state: unknown = options.state ?? {};
    const context = this.#context(
      {
        location: uuid,
        ...(options.full ? { full: true } : {}),
        ...(options.leaveMissing ? { leave_missing: true } : {}),
        ...(options.accept ? { accept: acceptedLossSchema.parse(options.accept) } : {}),
      },
      options,
      (kept) => (state = kept),
    );
    try {
      return { result: (await indexLocation(this.#services).run(context, state)) as ScanResult };
    } catch (error) {
      if (error instanceof JobStopped || error instanceof ScanStopped) return { stopped: true, state };
      if (error instanceof SdError) return { error };
      throw error;
    }
  }

  /** The job that identifies what a scan or the watcher left. */
  async identify(uuid: string): Promise<void> {
    await identifyContents(this.#services).run(this.#context({ location: uuid }, {}), {});
  }

  /** A scan that is expected to complete. */
  async scan(uuid: string, options: ScanOptions = {}): Promise<ScanResult> {
    const outcome = await this.attempt(uuid, options);
    if ('result' in outcome) return outcome.result;
    throw 'error' in outcome ? outcome.error : new Error('the scan was stopped');
  }

  /** What SQLite and `libraries.verify` object to. */
  problems(): string[] {
    return [...integrity(this.library.db), ...checkLibraryDatabase(this.library.db, this.library.id).problems];
  }

  close(): Promise<void> {
    return this.library.close();
  }

  #context(
    input: unknown,
    { signal = new AbortController().signal, progress = quiet }: ScanOptions,
    keep: (state: unknown) => void = quiet,
  ): JobContext {
    return {
      id: LIBRARY_ID,
      input,
      library: this.library,
      signal,
      log: NO_LOG,
      progress,
      problem: quiet,
      problems: quiet,
      priority: () => 'normal',
      stopping: () => signal.aborted,
      checkpoint: (state) => {
        keep(state);
        if (signal.aborted) throw new JobStopped();
      },
    };
  }
}
