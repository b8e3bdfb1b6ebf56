import type { ReaderContext } from '../context.ts';
import { actionsPathOf } from '../db/actions/open.ts';
import { AttachedNames } from '../db/names/attached.ts';
import { namesPathOf } from '../db/names/schema.ts';
import { AttachedTexts } from '../db/texts/attached.ts';
import { textsPathOf } from '../db/texts/schema.ts';
import type { Device } from '../domain/device.ts';
import { SdError, toPlainError } from '../errors.ts';
import type { LibraryAccess } from '../libraries/library.ts';
import { presenceOf } from '../locations/presence.ts';
import { operations } from '../operations/index.ts';
import { readerTasks } from '../operations/reader-tasks.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { Connection } from '../ports/sqlite.ts';
import type { WorkerPort } from '../ports/workers.ts';
import type { ReaderRequest } from './reader-protocol.ts';

/** A thread that answers queries which may take long, over connections of its own that cannot write. */
export function readerRole(platform: ThreadPlatform, port: WorkerPort): void {
  const queries = new Map<string, { run(context: ReaderContext, input: unknown): unknown }>();
  for (const task of readerTasks)
    queries.set(task.name, { run: (around, input) => task.run(around as ReaderContext<'library'>, input as never) });
  for (const operation of operations)
    if (operation.type === 'query' && operation.thread === 'reader') queries.set(operation.name, operation);
  const libraries = new Map<string, OpenedLibrary>();
  let device: Device;
  let cancelled: Int32Array;

  port.onMessage((message) => {
    const request = message as ReaderRequest;
    if (request.type === 'start') {
      device = request.device;
      cancelled = new Int32Array(request.cancelled);
    } else if (request.type === 'close') {
      libraries.get(request.library)?.db.close();
      libraries.get(request.library)?.plans?.close();
      libraries.delete(request.library);
      port.post({ id: request.id, json: 'null' });
    } else {
      void answer(request);
    }
  });

  async function answer(request: Extract<ReaderRequest, { type: 'query' }>): Promise<void> {
    try {
      const query = queries.get(request.name);
      if (!query) throw new Error(`no reader query ${request.name}`);
      const result = await query.run(context(request), request.input);
      port.post({ id: request.id, json: JSON.stringify(result) ?? 'null' });
    } catch (error) {
      port.post({ id: request.id, error: toPlainError(error) });
    }
  }

  function context(request: Extract<ReaderRequest, { type: 'query' }>): ReaderContext {
    const { library } = request;
    return {
      device,
      files: platform.files,
      ...(platform.userFiles ? { attributes: platform.userFiles } : {}),
      presenceOf: (location) => presenceOf(location, platform.files),
      clock: platform.clock,
      log: platform.log,
      checkCancelled: () => {
        if (Atomics.load(cancelled, 0) === request.id) throw new SdError('CANCELLED', 'cancelled on request');
      },
      ...(library ? { library: { ...read(library), ...open(library) } } : {}),
    };
  }

  function read({ id, name, watches }: ReadLibrary) {
    return { id, name, ...(watches ? { watches } : {}) };
  }

  function open(library: LibraryAccess): OpenedLibrary {
    const known = libraries.get(library.id);
    if (known) return known;
    const { databasePath: path, key } = library;
    const db = platform.sqlite.open({ path, key, mode: 'read', cacheKiB: READER_CACHE_KIB });
    const names = new AttachedNames(db, platform.files, namesPathOf(path), key);
    const texts = new AttachedTexts(db, platform.files, textsPathOf(path), key);
    // It is there wherever files can be changed: the main thread opens it with the library.
    const plansPath = actionsPathOf(path);
    const plans =
      platform.files.facts(plansPath) &&
      platform.sqlite.open({ path: plansPath, key, mode: 'read', cacheKiB: PLANS_CACHE_KIB });
    const opened = { db, names, texts, ...(plans ? { plans } : {}) };
    libraries.set(library.id, opened);
    return opened;
  }
}

type ReadLibrary = NonNullable<Extract<ReaderRequest, { type: 'query' }>['library']>;

interface OpenedLibrary {
  readonly db: Connection;
  readonly names: AttachedNames;
  readonly texts: AttachedTexts;
  readonly plans?: Connection;
}

/** Page cache of one reader: large enough that paging through results does not decrypt the same pages again. */
const READER_CACHE_KIB = 8 * 1024;
/** A page of steps, and those of the folders they lie in. */
const PLANS_CACHE_KIB = 512;
