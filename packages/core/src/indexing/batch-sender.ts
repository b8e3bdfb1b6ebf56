import { ROWS_PER_SLOT, type SlotColumns, slotColumns } from './batch.ts';
import { type WalkCounts, type WalkedBatch, noCounts } from './scan-protocol.ts';
import type { WalkControl } from './walk-control.ts';
import type { Row, WalkOutput } from './walk-output.ts';

/** A batch goes out after this many folders also when it has few rows, so that progress is seen. */
const FOLDERS_PER_BATCH = 2_000;
/** Of what went wrong a batch names so many; all are counted. */
const PROBLEMS_PER_BATCH = 100;

/** Collects what a walker finds and sends it on in batches; waits where the writer is behind. */
export class BatchSender implements WalkOutput {
  counts: WalkCounts = noCounts();
  readonly #send: (batch: WalkedBatch) => void;
  readonly #control: WalkControl;
  readonly #firstSlot: number;
  readonly #columns: readonly SlotColumns[];
  #slot = -1;
  #rows = 0;
  #names: string[] = [];
  #folders: number[] = [];
  #missing: number[] = [];
  #displaced: number[] = [];
  #open: number | undefined;
  #problems: { path: string; reason: string }[] = [];
  #looked = 0;

  constructor(
    send: (batch: WalkedBatch) => void,
    control: WalkControl,
    slots: readonly SharedArrayBuffer[],
    firstSlot: number,
  ) {
    this.#send = send;
    this.#control = control;
    this.#columns = slots.map(slotColumns);
    this.#firstSlot = firstSlot;
  }

  row(row: Row): boolean {
    if (this.#slot < 0) {
      const taken = this.#control.takeSlot(this.#firstSlot, this.#columns.length);
      if (taken === undefined) return false;
      this.#slot = taken - this.#firstSlot;
    }
    const columns = this.#columns[this.#slot];
    if (!columns) throw new Error('no such slot');
    const at = this.#rows++;
    columns.ids[at] = row.id;
    columns.parents[at] = row.parent;
    columns.sizes[at] = row.size;
    columns.mtimes[at] = row.mtime;
    columns.inodes[at] = row.inode;
    columns.types[at] = row.type;
    columns.kinds[at] = row.kind;
    columns.links[at] = row.links;
    columns.changes[at] = row.change;
    this.#names.push(row.name);
    if (this.#rows === ROWS_PER_SLOT) this.flush('');
    return true;
  }

  begin(folder: number): void {
    this.#open = folder;
  }
  folder(id: number, signature: number, bytes: number, files: number, folders: number, children: number): void {
    this.#open = undefined;
    this.#folders.push(id, signature, bytes, files, folders, children);
  }
  missing(id: number): void {
    this.#missing.push(id);
  }
  displaced(id: number): void {
    this.#displaced.push(id);
  }
  problem(path: string, reason: string): void {
    if (this.#problems.length < PROBLEMS_PER_BATCH) this.#problems.push({ path, reason });
  }

  looked(at: string): void {
    if (++this.#looked >= FOLDERS_PER_BATCH) this.flush(at);
  }

  flush(at: string): void {
    const batch: WalkedBatch = {
      type: 'batch',
      slot: this.#slot < 0 ? -1 : this.#firstSlot + this.#slot,
      rows: this.#rows,
      names: this.#names.join('/'),
      folders: Float64Array.from(this.#folders),
      missing: Float64Array.from(this.#missing),
      displaced: Float64Array.from(this.#displaced),
      ...(this.#open === undefined ? {} : { open: this.#open }),
      counts: this.counts,
      problems: this.#problems,
      at,
    };
    this.#slot = -1;
    this.#rows = this.#looked = 0;
    this.#names = [];
    this.#folders = [];
    this.#missing = [];
    this.#displaced = [];
    this.#problems = [];
    this.counts = noCounts();
    this.#send(batch);
  }
}
