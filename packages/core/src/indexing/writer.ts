import { toPlainError } from '../errors.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { WorkerPort } from '../ports/workers.ts';
import { type SlotColumns, slotColumns } from './batch.ts';
import { IdentifyFeed } from './identify-feed.ts';
import type { IdentifiedBatch } from './identify-protocol.ts';
import { IndexChange } from './index-change.ts';
import { LibraryWriter } from './library-writer.ts';
import { sweepSubtree } from './missing.ts';
import { rollUp } from './roll-up.ts';
import { settleScan } from './settle-scan.ts';
import type { WalkedBatch } from './scan-protocol.ts';
import { WalkControl } from './walk-control.ts';
import { writeContents } from './write-contents.ts';
import type { FromWriter, ToWriter } from './writer-protocol.ts';

/** Files whose contents are stored in one write. */
const FILES_PER_WRITE = 8_000;

/** Thrown between two writes once the scan is to stop. */
class Stopped extends Error {}

/** The thread that writes the index. After a write that failed it writes no more: what follows builds on what is missing. */
export function writerRole(platform: ThreadPlatform, port: WorkerPort): void {
  let scan: Scan | undefined;
  let failed = false;
  port.onMessage((message) => {
    const told = message as ToWriter;
    try {
      if (told.type === 'start') scan = new Scan(platform, told, (said) => port.post(said));
      else if (told.type === 'close') port.post(scan?.close(failed) ?? NOTHING_TO_CLOSE);
      else if (scan && !failed) {
        const answer = scan.answer(told);
        if (answer) port.post(answer);
      }
    } catch (error) {
      if (error instanceof Stopped) return;
      failed = true;
      port.post({ type: 'failed', error: toPlainError(error) } satisfies FromWriter);
    }
  });
}
const NOTHING_TO_CLOSE: FromWriter = { type: 'closed', files: 0, bytes: 0 };

class Scan {
  readonly #told: Extract<ToWriter, { type: 'start' }>;
  readonly #writer: LibraryWriter;
  readonly #control: WalkControl;
  readonly #columns: readonly SlotColumns[];
  readonly #missing: number[] = [];
  readonly #change: IndexChange;
  readonly #now: () => number;
  readonly #disk: ThreadPlatform['files'];
  readonly #feed: IdentifyFeed;
  readonly #identified: IdentifiedBatch[] = [];

  readonly #say: (said: FromWriter) => void;

  constructor(platform: ThreadPlatform, told: Extract<ToWriter, { type: 'start' }>, say: (said: FromWriter) => void) {
    this.#told = told;
    this.#say = say;
    this.#disk = platform.files;
    this.#now = () => platform.clock.now();
    this.#writer = new LibraryWriter(platform, told.library, told.owner);
    this.#change = new IndexChange(this.#writer);
    this.#control = new WalkControl(told.slots.length, told.control);
    this.#columns = told.slots.map(slotColumns);
    this.#feed = new IdentifyFeed(this.#writer.db, told.root);
  }

  answer(told: Exclude<ToWriter, { type: 'start' | 'close' }>): FromWriter | undefined {
    const step = (): void => {
      if (this.#control.stopped) throw new Stopped();
    };
    switch (told.type) {
      case 'batch':
        return this.#batch(told.batch);
      case 'settle':
        return this.#settle(step);
      case 'roll-up':
        rollUp(this.#writer, step);
        return { type: 'rolled-up' };
      case 'files':
        return { type: 'files', batches: this.#files(told.batches), total: this.#feed.total() };
      case 'identified':
        this.#identified.push(told.batch);
        return { type: 'stored', ...this.#store(FILES_PER_WRITE) };
      case 'store-rest':
        return { type: 'rest-stored', ...this.#store(0) };
      case 'sweep':
        sweepSubtree(this.#writer, told.root, step);
        return { type: 'swept' };
    }
  }

  /** What was found out and not yet stored is not lost when the scan is told to stop. */
  close(failed: boolean): FromWriter {
    try {
      return { type: 'closed', ...(failed ? { files: 0, bytes: 0 } : this.#store(0)) };
    } finally {
      this.#writer.close();
    }
  }

  #batch(batch: WalkedBatch): FromWriter | undefined {
    if (this.#control.stopped) return undefined;
    const counts = this.#change.write(batch, this.#columns[batch.slot], {
      root: this.#told.root.id,
      identify: this.#told.identify,
    });
    if (batch.slot >= 0) this.#control.freeSlot(batch.slot);
    for (const id of batch.missing) this.#missing.push(id);
    return { type: 'written', ...counts };
  }

  #settle(step: () => void): FromWriter {
    const { root, firstNewId, accepted } = this.#told;
    const losses = settleScan(
      this.#writer,
      {
        files: this.#disk,
        root,
        missing: this.#missing.splice(0),
        found: this.#change.found,
        firstNewId,
        accepted,
        now: this.#now(),
      },
      (moved, removed) => {
        this.#say({ type: 'settling', moved, removed });
        step();
      },
    );
    const [held] = losses;
    return { type: 'settled', ...(held ? { held } : {}) };
  }

  /**
   * Once at least `enough` files are there, all in one write: hashes lie all over their index, and a write that brings
   * few of them dirties as many pages as one that brings many.
   */
  #store(enough: number): { files: number; bytes: number } {
    const waiting = this.#identified.reduce((files, batch) => files + batch.outcomes.length, 0);
    if (this.#identified.length === 0 || waiting < enough) return { files: 0, bytes: 0 };
    const batches = this.#identified.splice(0);
    return this.#writer.write((tx) => {
      const done = { files: 0, bytes: 0 };
      for (const batch of batches) {
        const { files, bytes } = writeContents(
          tx,
          batch,
          this.#feed.done(batch.number, batch.outcomes),
          this.#writer.newIds,
        );
        done.files += files;
        done.bytes += bytes;
      }
      return done;
    });
  }

  #files(most: number) {
    const batches = [];
    for (let next = this.#feed.next(); next; next = batches.length < most ? this.#feed.next() : undefined)
      batches.push(next);
    return batches;
  }
}
