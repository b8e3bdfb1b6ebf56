import type { WriteTransaction } from '../db/write.ts';
import { MOVED, type SlotColumns } from './batch.ts';
import { displace } from './displaced.ts';
import type { LibraryWriter } from './library-writer.ts';
import type { WalkedBatch } from './scan-protocol.ts';
import { type RowCounts, forgetSignature, writeFolders, writeRows } from './write-rows.ts';

/**
 * What a walk changes in the index, batch by batch, and what it has to remember until it is settled: which entries were
 * found elsewhere, and which folders others were moved out of.
 */
export class IndexChange {
  readonly #writer: LibraryWriter;
  /** Folders that were moved, see `settleMissing`. */
  readonly found = new Set<number>();
  /** Folders that others were moved out of, see `writeRows`. */
  readonly #left = new Set<number>();

  constructor(writer: LibraryWriter) {
    this.#writer = writer;
  }

  /**
   * Rows and the facts of their folders in one write, `also` with them: a folder's signature is there only if its rows are. `root`:
   * of the location the batch is from.
   */
  write(
    batch: WalkedBatch,
    columns: SlotColumns | undefined,
    { root, identify }: { readonly root: number; readonly identify: boolean },
    also?: (tx: WriteTransaction) => void,
  ): RowCounts {
    const names = batch.rows > 0 ? batch.names.split('/') : [];
    const counts = this.#writer.write((tx) => {
      for (const id of batch.displaced) if (!this.found.has(id)) displace(tx, id, root);
      const written = columns
        ? writeRows(tx, columns, batch.rows, names, this.#writer.newIds, (folder) => this.#left.add(folder))
        : { added: 0, modified: 0, moved: 0 };
      writeFolders(tx, batch.folders, identify, this.#left);
      if (batch.open !== undefined) forgetSignature(tx, batch.open);
      also?.(tx);
      return written;
    });
    for (let at = 0; columns && at < batch.rows; at++)
      if (columns.changes[at] === MOVED) this.found.add(columns.ids[at] ?? 0);
    return counts;
  }
}
