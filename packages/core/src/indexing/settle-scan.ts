import type { AcceptedLoss } from '../domain/location.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { askAbout, type Attentive, isAccepted, nothingToAsk } from './attention.ts';
import { type Loss, judgeLoss, recount } from './brake.ts';
import { displacedFrom } from './displaced.ts';
import type { LibraryWriter } from './library-writer.ts';
import { settleMissing } from './missing.ts';
import { isOnDisk } from './on-disk.ts';

export interface ScanSettling {
  readonly files: Pick<ReadFiles, 'facts'>;
  readonly root: { readonly id: number; readonly path: string };
  readonly missing: readonly number[];
  readonly found: ReadonlySet<number>;
  readonly firstNewId: number;
  /** The loss that the user has said yes to. */
  readonly accepted: AcceptedLoss | undefined;
  readonly now: number;
}

/**
 * `settleMissing` at the end of a scan of one location, with the brake: what would take too much of it out of the index
 * stays in it, and the location asks, but for what was `accepted`. Where nothing is held back, it asks no more. Answers
 * what is held back.
 */
export function settleScan(
  writer: LibraryWriter,
  { files, root, missing, found, firstNewId, accepted, now }: ScanSettling,
  step: (moved: number, removed: number) => void,
): readonly Loss[] {
  const { db } = writer;
  const location = db.prepare<Attentive>('SELECT id, attention FROM locations WHERE root_entry_id = ?').get(root.id);
  let losses: readonly Loss[] = [];
  const holdBack = (gone: readonly number[]): ReadonlySet<number> => {
    const judged = judgeLoss(db, gone, {
      rootOf: () => root.id,
      isOnDisk: (id) => isOnDisk(db, files, root, id),
    });
    if (location && judged.losses.every((loss) => isAccepted(location, loss, accepted))) return new Set();
    losses = judged.losses;
    const folders = new Set([...judged.held].flatMap((id) => parentOf(db, id) ?? []));
    writer.write((tx) => {
      for (const folder of folders) recount(tx, folder);
      for (const loss of losses)
        if (location) askAbout(tx, location, loss, root, { now, anew: accepted !== undefined });
    });
    return judged.held;
  };
  settleMissing(writer, { missing, displaced: displacedFrom(db, [root.id]).keys(), found, firstNewId, holdBack }, step);
  writer.write((tx) => {
    tx.run('UPDATE locations SET unsettled_from = NULL WHERE root_entry_id = ?', root.id);
    if (location && losses.length === 0) nothingToAsk(tx, location);
  });
  return losses;
}

function parentOf(db: ReadConnection, id: number): number | undefined {
  return (
    db.prepare<{ parent_id: number | null }>('SELECT parent_id FROM entries WHERE id = ?').get(id)?.parent_id ??
    undefined
  );
}
