import { type AcceptedLoss, type LocationMode, type LocationRules, identifies } from '../domain/location.ts';
import { showNative } from '../domain/native-path.ts';
import type { ScanResult } from '../domain/scan.ts';
import { SdError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { Workers } from '../ports/workers.ts';
import { identifyPhase } from './identify-phase.ts';
import type { WalkedBatch } from './scan-protocol.ts';
import { ScanTally } from './scan-tally.ts';
import { WalkControl } from './walk-control.ts';
import { newSlots, walkTree, walkersFor } from './walk-run.ts';
import type { FromWriter } from './writer-protocol.ts';
import type { Library } from '../libraries/library.ts';
import { type ScannedLibrary, WriterThread } from './writer-thread.ts';

export interface ScanRequest {
  readonly library: ScannedLibrary & Pick<Library, 'db'>;
  readonly root: { readonly id: number; readonly path: string };
  /** The other locations of the library that are there: what is new here may have been moved from them. */
  readonly otherRoots: readonly { readonly id: number; readonly path: string }[];
  readonly mode: LocationMode;
  readonly rules: LocationRules;
  /** Compare every entry. */
  readonly full: boolean;
  /** Entries with this id and above were added since the location was last settled, see `settleMissing`. */
  readonly firstNewId: number;
  /** What would lose much of the location stays, but for the loss that the user has said yes to. */
  readonly accepted: AcceptedLoss | undefined;
  /** What is missing is not settled: a pass does it, which is told of the other locations too. */
  readonly leaveMissing: boolean;
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
  /** Waits for the turn to change the index; answers the function that ends it, `undefined` once told to stop. */
  turn(): Promise<(() => void) | undefined>;
  /** Whether the location is there now, by the mounts of this moment: another disk may look like its own. */
  isThere?(): Promise<boolean>;
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
  readonly #control: WalkControl;
  readonly #request: ScanRequest;
  readonly #parts: ScanParts;
  readonly #slots: SharedArrayBuffer[];
  readonly #walkers: number;
  readonly #writer: WriterThread;
  readonly #tally = new ScanTally();
  readonly #started: number;
  #unwritten = 0;
  #allWritten: (() => void) | undefined;

  constructor(request: ScanRequest, parts: ScanParts) {
    this.#request = request;
    this.#parts = parts;
    this.#started = parts.clock.monotonic();
    this.#walkers = walkersFor(parts.workers.threads());
    this.#slots = newSlots(this.#walkers);
    this.#control = new WalkControl(this.#slots.length);
    const { library, root, mode, firstNewId, accepted } = request;
    this.#writer = new WriterThread({
      workers: parts.workers,
      library,
      control: this.#control,
      signal: parts.signal,
      start: { root, identify: identifies(mode), slots: this.#slots, firstNewId, accepted },
      stopped: () => new ScanStopped(this.result()),
      heard: (said) => {
        if (said.type === 'written') this.#written(said);
        else if (said.type === 'settling') this.#settling(said);
      },
    });
  }

  async run(): Promise<ScanResult> {
    const { workers, progress, changed } = this.#parts;
    const endTurn = await this.#parts.turn();
    if (!endTurn) throw new ScanStopped(this.result());
    try {
      await this.#bringUpToDate();
    } catch (error) {
      // Only once it writes no more is it another's turn.
      await this.close();
      throw error;
    } finally {
      endTurn();
    }
    if (identifies(this.#request.mode)) {
      const [control, writer, tally] = [this.#control, this.#writer, this.#tally];
      await identifyPhase({ workers, control, writer, tally, progress });
      changed();
    }
    this.#stopHere();
    return this.result();
  }

  async #bringUpToDate(): Promise<void> {
    const { root } = this.#request;
    const before = await this.#rootNow();
    await this.#walk(before.device);
    this.#stopHere();
    // A disk that went away meanwhile lists nothing: only while the root stands is what was not listed gone.
    const after = await this.#rootNow();
    if (after.inode !== before.inode || after.device !== before.device) throw offline(root.path);
    this.#parts.progress({ phase: 'cleanup', done: 0, bytes: 0 });
    if (!this.#request.leaveMissing) {
      const { held } = await this.#writer.ask({ type: 'settle' }, 'settled');
      if (held) this.#tally.held = held.wouldRemove;
    }
    await this.#writer.ask({ type: 'roll-up' }, 'rolled-up');
    this.#parts.changed();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#tally.stored(await this.#writer.close());
  }
  #closed = false;

  async #rootNow() {
    const { path } = this.#request.root;
    if ((await this.#parts.isThere?.()) === false) throw offline(path);
    const facts = this.#parts.files.facts(path);
    if (facts?.type !== 1) throw offline(path);
    return facts;
  }

  async #walk(device: number): Promise<void> {
    const { library, root, otherRoots, rules, full } = this.#request;
    // Known only now, with the turn: whoever had it before may have brought the first of it in, and it is not to come twice.
    const first = library.db.prepare('SELECT 1 FROM entries WHERE parent_id = ? LIMIT 1').get(root.id) === undefined;
    await walkTree({
      workers: this.#parts.workers,
      walkers: this.#walkers,
      slots: this.#slots,
      control: this.#control,
      until: this.#writer.ended,
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
    if (this.#unwritten > 0) await Promise.race([written, this.#writer.ended]);
  }

  #walked(batch: WalkedBatch): void {
    this.#tally.walked(batch);
    if (batch.rows > 0 || batch.folders.length > 0 || batch.missing.length > 0 || batch.displaced.length > 0) {
      this.#unwritten++;
      this.#writer.post({ type: 'batch', batch });
    }
    this.#parts.progress({
      phase: 'discover',
      done: this.#tally.seen,
      bytes: this.#tally.bytes,
      ...(batch.at ? { detail: showNative(batch.at) } : {}),
    });
  }

  #written(said: Extract<FromWriter, { type: 'written' }>): void {
    this.#unwritten--;
    this.#tally.written(said);
    this.#parts.changed();
    if (this.#unwritten === 0) this.#allWritten?.();
  }

  #settling(said: Extract<FromWriter, { type: 'settling' }>): void {
    this.#tally.settling(said);
    this.#parts.progress({ phase: 'cleanup', done: this.#tally.settled, bytes: 0 });
  }

  #stopHere(): void {
    if (this.#parts.signal.aborted) throw new ScanStopped(this.result());
  }

  result(): ScanResult {
    return this.#tally.result(this.#parts.clock.monotonic() - this.#started);
  }
}

function offline(path: string): SdError {
  return new SdError('OFFLINE', `${showNative(path)} is not there now; what the index knows of it stays`, {
    way_out: 'connect the disk, or check the folder, and scan again',
  });
}
