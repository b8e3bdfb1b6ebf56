import { DisposalStack } from './disposal.ts';
import { Dispatcher } from './dispatcher.ts';
import { openDevice } from './device/device.ts';
import { idSource } from './domain/ids.ts';
import { EventBus } from './events.ts';
import { IdleMemory } from './idle-memory.ts';
import { libraryExporter } from './exporting/export-library.ts';
import { fullHashing } from './hashing/full-hashing.ts';
import { assembleWatching } from './core-watching.ts';
import { assembleActions } from './core-actions.ts';
import { ActiveScans } from './indexing/active-scans.ts';
import { IndexTurns } from './indexing/index-turn.ts';
import { DurableJobs } from './jobs/durable-jobs.ts';
import { jobKinds } from './jobs/kinds/index.ts';
import { assembleLibraries } from './libraries/assemble.ts';
import type { Library } from './libraries/library.ts';
import { libraryHooks } from './core-hooks.ts';
import { CoreJournal } from './core-journal.ts';
import type { CoreOptions } from './core-options.ts';
import { CoreServices } from './core-services.ts';
import { Upkeep } from './core-upkeep.ts';
import { LocationPresence } from './locations/location-presence.ts';
import { Sidecars } from './media/making.ts';
import { MediaPool } from './media/media-pool.ts';
import { readSidecar } from './media/read-sidecar.ts';
import { sweepTexts } from './media/sweep-texts.ts';
import { operations } from './operations/index.ts';
import { PerformanceService } from './performance/performance-service.ts';
import type { Platform } from './platform.ts';
import { ReaderPool } from './reading/reader-pool.ts';
import type { Access } from './rpc/control.ts';
import { coreRpcHost } from './rpc-host.ts';
import type { Pipe } from './rpc/pipe.ts';
import { RpcServer } from './rpc/server.ts';
import { tagCarrier } from './travel/travel.ts';
import { TextIndexService } from './search/text-index-service.ts';
import { ContentsIndex } from './text-search/contents-index.ts';
import { Grants } from './serving/grants.ts';
import { Serving } from './serving/serving.ts';
import { SettingsService } from './settings/settings-service.ts';
import type { CoreStatus } from './status.ts';
import { locationVerifier } from './verifying/verify-location.ts';
import { assembleVolumes } from './volumes/assemble.ts';

/** An open core. */
export interface Core {
  readonly events: EventBus;
  /** Bytes of files and thumbnails, for a host that speaks HTTP. */
  readonly serving: Serving;
  /** Attaches a connection that comes from outside. */
  accept(pipe: Pipe, access: Access): void;
  /** A connection from inside the process, for the same messages. */
  connect(access?: Access): Pipe;
  status(): CoreStatus;
  /** Resolves once all that had happened on disk when this was called is in the index, where folders are watched. */
  watched(libraryId: string): Promise<void>;
  /** Calls `listener` when a client asks the core to stop. */
  onStopRequest(listener: () => void): void;
  /** Jobs come to a checkpoint, writes finish, connections and files close, in the reverse of the order they opened. */
  close(): Promise<void>;
}

/** Opens everything in order. What fails on the way closes what was opened before. */
export async function openCore(platform: Platform, options: CoreOptions): Promise<Core> {
  const { log, clock, random, files, sqlite } = platform;
  const stack = new DisposalStack((name, error) =>
    log.error('could not close in order', { part: name, error: String(error) }),
  );
  try {
    const ids = idSource(clock, random);
    const newId = (): string => ids.text();
    const device = await openDevice({ ...platform, newId }, options.dataFolder);
    const events = new EventBus(newId(), () => clock.now());

    const settings = new SettingsService({ files, clock, log, events, dataFolder: options.dataFolder });
    const performance = new PerformanceService({
      workers: platform.workers,
      power: platform.power,
      clock,
      log,
      setting: () => settings.get().performance,
    });
    const { workers } = performance;
    stack.defer('performance', () => performance.stop());
    settings.onChange(() => performance.settingChanged());

    const readers = new ReaderPool({
      workers,
      clock,
      log,
      device,
      watches: (library) => watching.locationsOf(library),
    });
    stack.defer('readers', () => readers.stop());
    const contentsIndex = new ContentsIndex({
      sqlite,
      workers,
      clock,
      log,
      lost: (id) => upkeep.readDocumentsAgain(id),
    });
    const textIndex = new TextIndexService({ sqlite, workers, clock, log, publish: (event) => events.publish(event) });
    const {
      service: volumeService,
      speedTests,
      volumes,
    } = assembleVolumes({
      platform,
      device,
      events,
      newId,
      dataFolder: options.dataFolder,
      isWatched: ({ library, location }) => (watching.of(library, location)?.watched ?? 0) > 0,
    });
    stack.defer('volumes', () => volumeService.stop());
    await volumeService.start();
    const presence = new LocationPresence(files, volumeService);
    const scans = new ActiveScans();
    const turns = new IndexTurns();
    const changed = (library: Library): void => textIndex.nudge(library.id);
    const mediaPool = new MediaPool({ workers, clock, log });
    stack.defer('media', () => mediaPool.stop());
    const sidecars = new Sidecars({ workers, clock, random, events, pool: mediaPool, texts: contentsIndex });
    const upkeep = new Upkeep({ clock, log, jobs: () => jobs, library: (id) => libraries.open(id) });
    const identified = (library: Library, location: string): void => upkeep.identified(library, location);
    const actions = assembleActions({
      ...platform,
      workers,
      events,
      device,
      newId,
      turns,
      scans,
      volumes: volumeService,
      jobs: () => jobs,
      library: (id) => libraries.open(id),
      tell: (library, report) => watching.tell(library, report),
    });
    const { fileActions, carriers, outcomes, planEnded } = actions;
    stack.defer('actions', () => actions.stop());
    const kinds = jobKinds({
      carriers,
      volumeAt: (path) => volumeService.table.placeOf(path)?.fingerprint,
      planEnded,
      device,
      exportLibrary: libraryExporter({ workers, clock }),
      workers,
      files,
      clock,
      scans,
      turns,
      changed,
      identified,
      lookForVolumes: () => volumeService.lookSafely(),
      changesCounted: (library) => watching.changesCounted(library),
      presenceOf: (location) => presence.ask(location),
      speedTests,
      sidecars,
      whileFilling: (library, work) => contentsIndex.whileFilling(library, work),
      sweepTexts: (library, signal) => sweepTexts(library, contentsIndex, signal),
      carryTags: tagCarrier({ workers, clock }),
      verifyFully: fullHashing({ workers, clock, events }),
      verifyLocation: locationVerifier({ workers, clock }),
      settled: (library) => watching.settled(library.id),
      rescan: async (library, { id, name }, full) => {
        const input = { location: id, ...(full ? { full } : {}) };
        const request = { library: library.id, kind: 'locations.index', subject: name, input } as const;
        return (await jobs.enqueue({ ...request, priority: 'user' })).id;
      },
    });
    const atOnce = (): number => performance.limits.jobs;
    const jobs = new DurableJobs({ kinds, sqlite, files, clock, random, log, events, newId, atOnce });
    performance.onChange(() => jobs.limitsChanged());
    void performance.start();
    const watching = assembleWatching({
      ...platform,
      workers,
      events,
      turns,
      scans,
      jobs,
      options: options.watching ?? {},
      lookForVolumes: () => volumeService.lookAgain(),
      changed,
      identified,
    });
    stack.defer('watching', () => watching.close());

    const libraries = assembleLibraries({
      platform,
      device,
      events,
      newId,
      dataFolder: options.dataFolder,
      hooks: libraryHooks({
        volumes: volumeService,
        textIndex,
        contentsIndex,
        actions,
        jobs,
        scans,
        watching,
        upkeep,
        readers,
      }),
    });
    stack.defer('libraries', () => libraries.stop());
    await libraries.start();

    const idle = new IdleMemory({
      events,
      clock,
      isBusy: () => jobs.list({ states: ['running'] }).length > 0,
      asked: () => performance.pace.asked,
      giveBack: () => {
        platform.giveBackMemory?.();
        watching.rest();
      },
    });
    stack.defer('idle memory', () => idle.stop());

    const grants = new Grants(platform);
    const serving = new Serving({
      files,
      grants,
      dataFolder: options.dataFolder,
      readSidecar: async (library, hash, kind) => readSidecar(library, hash, kind, platform),
      library: (idOrName) => libraries.open(idOrName),
      presenceOf: (location) => presence.ask(location),
    });
    const journal = new CoreJournal({ libraries, outcomes, events, clock, log });
    const services = new CoreServices({
      platform,
      options,
      device,
      events,
      libraries,
      jobs,
      settings,
      performance,
      readers,
      presence,
      textIndex,
      contentsIndex,
      volumeService,
      volumes,
      grants,
      journal,
      watching,
      fileActions,
      newId,
    });
    const dispatch = new Dispatcher(operations, services, { checkOutput: options.checkOutput ?? false });
    const dispatcher: Pick<Dispatcher, 'call'> = {
      call: (call) => performance.pace.answer(() => dispatch.call(call)),
    };
    const rpc = new RpcServer(
      coreRpcHost({ dispatcher, operations, events, platform, version: options.version, device, libraries, newId }),
    );
    services.sessions = () => rpc.sessions;
    stack.defer('connections', () => rpc.close());

    return {
      events,
      serving,
      accept: (pipe, access) => rpc.accept(pipe, access),
      connect: (access) => rpc.connect(access),
      status: () => services.status(),
      watched: (libraryId) => watching.settled(libraryId),
      onStopRequest: (listener) => services.onStopRequest(listener),
      close: () => stack.dispose(),
    };
  } catch (error) {
    await stack.dispose();
    throw error;
  }
}
