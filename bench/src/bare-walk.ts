import { EntryIds } from '@sd/core/db/entry-ids.ts';
import { DEFAULT_RULES } from '@sd/core/domain/location.ts';
import { WalkControl } from '@sd/core/indexing/walk-control.ts';
import { newSlots, walkTree, walkersFor } from '@sd/core/indexing/walk-run.ts';
import { nodeWorkers } from '@sd/platform-node/workers.ts';
import { libraryAccess } from './library-access.ts';

/**
 * Seconds the product's own walker needs to list a tree with the facts of every file, with nothing to compare with and
 * nothing written. Counted from its first batch on: the daemon it is compared with starts from built files, this does not.
 */
export async function bareWalk(dataFolder: string, root: string): Promise<number> {
  const { platform: _platform, folder: _folder, ...access } = await libraryAccess(dataFolder);
  const workers = nodeWorkers(new URL(import.meta.resolve('@sd/platform-node/worker-entry.ts')));
  const walkers = walkersFor(workers.threads());
  const slots = newSlots(walkers);
  const control = new WalkControl(slots.length);
  let started: number | undefined;
  await walkTree({
    workers,
    walkers,
    slots,
    control,
    start: {
      library: { ...access, entryIds: new EntryIds().memory },
      root: { id: 1, path: root },
      otherRoots: [],
      first: true,
      rules: DEFAULT_RULES,
      full: false,
    },
    root: { id: 1, path: root, known: false },
    onBatch: (batch) => {
      started ??= performance.now();
      if (batch.slot >= 0) control.freeSlot(batch.slot);
    },
  });
  return (performance.now() - (started ?? Number.NaN)) / 1000;
}
