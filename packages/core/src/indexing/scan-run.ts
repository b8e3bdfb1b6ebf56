import { type LocationMode, type LocationRules, identifies } from '../domain/location.ts';
import { MOST_PROBLEMS_NAMED, type ScanResult } from '../domain/scan.ts';
import { showNative } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import type { Library } from '../libraries/library.ts';
import { MAIN_THREAD, WriteLock } from '../db/write-lock.ts';
import type { Clock, ReadFiles, Workers } from '../platform.ts';
import { identifyAll } from './identify-run.ts';
import { UNREADABLE, VANISHED } from './identify-protocol.ts';
import type { WalkedBatch } from './scan-protocol.ts';
import { Thread } from './thread.ts';
import { WalkControl } from './walk-control.ts';
import { newSlots, walkTree, walkersFor } from './walk-run.ts';
import type { FromWriter, ToWriter } from './writer-protocol.ts';

/** The parts of an open library that a scan needs. */
export type ScannedLibrary = Pick<Library, 'access' | 'entryIds'>;

export interface ScanRequest {
  readonly library: ScannedLibrary;
  readonly root: { readonly id: number; readonly path: string };
  /** The other locations of the library that are there: what is new here may have been moved from them. */
  readonly otherRoots: readonly { readonly id: number; readonly path: string }[];
  readonly mode: LocationMode;
  readonly rules: LocationRules;
  /** Nothing of the location is indexed yet. */
  readonly first: boolean;
  /** Compare every entry. */
  readonly full: boolean;
  /** Entries with this id and above were added since the location was last settled, see `settleMissing`. */
  readonly firstNewId: number;
}

export type ScanPhase = 'discover' | 'cleanup' | 'extract';
export interface ScanProgress {
  readonly phase: ScanPhase;
  readonly done: number;
  readonly total?: number;
  readonly bytes: number;
  readonly bytes_total?: number;
  readonly detail?: string;
}

export interface ScanParts {
  readonly workers: Workers;
  readonly files: ReadFiles;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  progress(progress: ScanProgress): void;
  /** Rows were committed. */
  changed(): void;
}

/** Thrown out of a scan that was told to stop; all that was committed stays, and the next scan goes on from there. */
export class ScanStopped extends Error {
  /** What it did until then. */
  readonly done: ScanResult;
  constructor(done: ScanResult) {
    super('the scan was stopped');
    this.done = done;
  }
}

const WRITER_HEAP_MIB = 256;

/**
 * One scan of one location: discover and classify (walk, compare, write, in parallel), cleanup (what is gone, sums of
 * folders), extract (content identity). Cleanup comes before extract so that sizes are right while contents are read.
 * Can be stopped and repeated at any point. Throws `OFFLINE` where the root is not there, and what the disk says.
 */
export async function scanLocation(request: ScanRequest, parts: ScanParts): Promise<ScanResult> {
  const scan = new Scan(request, parts);
  try {
    return await scan.run();
  } catch (error) {
    await scan.close();
    // Now that the writer has ended it is known what it did.
    throw error instanceof ScanStopped ? new ScanStopped(scan.result()) : error;
  } finally {
    await scan.close();
  }
}

class Scan {
  readonly control: WalkControl;
  readonly #request: ScanRequest;
  readonly #parts: ScanParts;
  readonly #slots: SharedArrayBuffer[];
  readonly #walkers: number;
  readonly #writer: Thread<ToWriter, FromWriter>;
  readonly #lock: WriteLock;
  readonly #owner: number;
  readonly #started: number;
  readonly #problems: { path: string; reason: string }[] = [];
  readonly #counts = {
    files: 0,
    folders: 0,
    other: 0,
    bytes: 0,
    added: 0,
    modified: 0,
    moved: 0,
    removed: 0,
    unreadable: 0,
    vanished: 0,
    left_out: 0,
    identified: 0,
    identified_bytes: 0,
  };
  /** Rejects once the scan is told to stop: the writer leaves off between two writes and does not answer. */
  readonly #stopped: Promise<never>;
  /** Rejects when nothing more is to be waited for: the scan was told to stop, or its writer has failed. */
  readonly #ended: Promise<never>;
  #unwritten = 0;
  #settled = 0;
  #allWritten: (() => void) | undefined;
  #closed: Promise<void> | undefined;

  constructor(request: ScanRequest, parts: ScanParts) {
    this.#request = request;
    this.#parts = parts;
    this.#started = parts.clock.monotonic();
    this.#walkers = walkersFor(parts.workers.threads());
    this.#slots = newSlots(this.#walkers);
    this.control = new WalkControl(this.#slots.length);
    this.#stopped = new Promise((_resolve, reject) => {
      const leave = (): void => {
        this.control.stop();
        reject(new ScanStopped(this.result()));
      };
      if (parts.signal.aborted) leave();
      else parts.signal.addEventListener('abort', leave, { once: true });
    });
    this.#lock = new WriteLock(MAIN_THREAD, request.library.access.lock);
    this.#owner = this.#lock.newOwner();
    this.#writer = new Thread(
      parts.workers.spawn('index-writer', { background: true, heapMiB: WRITER_HEAP_MIB }),
      (said) => {
        if (said.type === 'written') this.#written(said);
        else if (said.type === 'settling') this.#settling(said);
      },
    );
    this.#writer.post({
      type: 'start',
      library: request.library.access,
      owner: this.#owner,
      root: request.root,
      identify: identifies(request.mode),
      control: this.control.memory,
      slots: this.#slots,
      firstNewId: request.firstNewId,
    });
    this.#ended = Promise.race([this.#stopped, this.#writer.failure]);
    this.#ended.catch(() => {});
  }

  async run(): Promise<ScanResult> {
    const { root } = this.#request;
    const before = this.#rootFacts();
    await this.#walk(before.device);
    this.#stopHere();
    // A disk that went away meanwhile lists nothing: only while the root stands is what was not listed gone.
    const after = this.#rootFacts();
    if (after.inode !== before.inode || after.device !== before.device) throw offline(root.path);
    this.#parts.progress({ phase: 'cleanup', done: 0, bytes: 0 });
    await this.#ask({ type: 'settle' }, 'settled');
    await this.#ask({ type: 'roll-up' }, 'rolled-up');
    this.#parts.changed();
    if (identifies(this.#request.mode)) await this.#identify();
    this.#stopHere();
    return this.result();
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }
  async #close(): Promise<void> {
    // Whoever waits for something in this scan shall not wait any longer, however it ended.
    this.control.stop();
    try {
      const closed: FromWriter = { type: 'closed', files: 0, bytes: 0 };
      this.#stored(await this.#writer.ask({ type: 'close' }, (said): said is typeof closed => said.type === 'closed'));
    } catch {
      // It failed, and what it failed with was thrown to whoever asked.
    }
    await this.#writer.terminate();
    this.#lock.releaseFor(this.#owner);
  }

  #rootFacts() {
    const { path } = this.#request.root;
    const facts = this.#parts.files.facts(path);
    if (facts?.type !== 1) throw offline(path);
    return facts;
  }

  async #walk(device: number): Promise<void> {
    const { library, root, otherRoots, rules, first, full } = this.#request;
    await walkTree({
      workers: this.#parts.workers,
      walkers: this.#walkers,
      slots: this.#slots,
      control: this.control,
      until: this.#ended,
      start: {
        library: library.access,
        root,
        otherRoots,
        first,
        rules,
        full,
        ...(rules.cross_mounts ? {} : { device }),
      },
      root: { id: root.id, path: root.path, known: !first },
      onBatch: (batch) => this.#walked(batch),
    });
    const written = new Promise<void>((resolve) => (this.#allWritten = resolve));
    if (this.#unwritten > 0) await Promise.race([written, this.#ended]);
  }

  #walked(batch: WalkedBatch): void {
    const counts = this.#counts;
    for (const [name, value] of Object.entries(batch.counts)) counts[name as keyof typeof batch.counts] += value;
    this.#problem(batch.problems);
    if (batch.rows > 0 || batch.folders.length > 0 || batch.missing.length > 0 || batch.displaced.length > 0) {
      this.#unwritten++;
      this.#writer.post({ type: 'batch', batch });
    }
    this.#parts.progress({
      phase: 'discover',
      done: counts.files + counts.folders + counts.other,
      bytes: counts.bytes,
      ...(batch.at ? { detail: showNative(batch.at) } : {}),
    });
  }

  #written(said: Extract<FromWriter, { type: 'written' }>): void {
    this.#unwritten--;
    this.#counts.added += said.added;
    this.#counts.modified += said.modified;
    this.#counts.moved += said.moved;
    this.#parts.changed();
    if (this.#unwritten === 0) this.#allWritten?.();
  }

  /** What was moved had been taken for new. */
  #settling({ moved, removed }: { moved: number; removed: number }): void {
    this.#counts.moved += moved;
    this.#counts.added -= moved;
    this.#counts.removed += removed;
    this.#settled += moved + removed;
    this.#parts.progress({ phase: 'cleanup', done: this.#settled, bytes: 0 });
  }

  async #identify(): Promise<void> {
    const counts = this.#counts;
    let total: { files: number; bytes: number } | undefined;
    let [looked, lookedBytes] = [0, 0];
    await identifyAll({
      workers: this.#parts.workers,
      control: this.control,
      until: this.#ended,
      nextFiles: async (batches) => {
        const answer = await this.#ask({ type: 'files', batches }, 'files');
        total ??= answer.total;
        return answer.batches;
      },
      store: async (batch) => {
        for (const outcome of batch.outcomes) {
          if (outcome === UNREADABLE) counts.unreadable++;
          if (outcome === VANISHED) counts.vanished++;
        }
        this.#problem(batch.problems);
        looked += batch.outcomes.length;
        for (const size of batch.sizes) lookedBytes += size;
        this.#stored(await this.#ask({ type: 'identified', batch }, 'stored'));
        this.#parts.progress({
          phase: 'extract',
          done: looked,
          total: Math.max(total?.files ?? 0, looked),
          bytes: lookedBytes,
          bytes_total: Math.max(total?.bytes ?? 0, lookedBytes),
        });
      },
    });
    this.#stored(await this.#ask({ type: 'store-rest' }, 'rest-stored'));
    this.#parts.changed();
  }

  #stored({ files, bytes }: { files: number; bytes: number }): void {
    this.#counts.identified += files;
    this.#counts.identified_bytes += bytes;
  }

  #problem(problems: readonly { path: string; reason: string }[]): void {
    for (const { path, reason } of problems)
      if (this.#problems.length < MOST_PROBLEMS_NAMED) this.#problems.push({ path: showNative(path), reason });
  }

  async #ask<T extends FromWriter['type']>(message: ToWriter, answer: T): Promise<Extract<FromWriter, { type: T }>> {
    return Promise.race([
      this.#writer.ask(message, (said): said is Extract<FromWriter, { type: T }> => said.type === answer),
      this.#stopped,
    ]);
  }

  #stopHere(): void {
    if (this.#parts.signal.aborted) throw new ScanStopped(this.result());
  }

  result(): ScanResult {
    const counts = this.#counts;
    const seen = counts.files + counts.folders + counts.other;
    return {
      ...counts,
      unchanged: Math.max(0, seen - counts.added - counts.modified - counts.moved),
      duration_ms: Math.round(this.#parts.clock.monotonic() - this.#started),
      problems: this.#problems,
    };
  }
}

function offline(path: string): SdError {
  return new SdError('OFFLINE', `${showNative(path)} is not there now; what the index knows of it stays`, {
    way_out: 'connect the disk, or check the folder, and scan again',
  });
}
