import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EntryIds } from '@sd/core/db/entry-ids.ts';
import { DEFAULT_RULES } from '@sd/core/domain/location.ts';
import { WalkControl } from '@sd/core/indexing/walk-control.ts';
import { newSlots, walkTree, walkersFor } from '@sd/core/indexing/walk-run.ts';
import { nodeWorkers } from '@sd/platform-node/workers.ts';
import { libraryAccess } from './library-access.ts';

/**
 * Seconds the product's own walker needs to list a tree with the facts of every file, with nothing to compare with and
 * nothing written. What starting its threads takes is taken off: the daemon starts from built files, this does not.
 */
export async function bareWalk(dataFolder: string, root: string): Promise<number> {
  const empty = mkdtempSync(join(tmpdir(), 'sd-empty-'));
  try {
    return (await walkOnce(dataFolder, root)) - (await walkOnce(dataFolder, empty));
  } finally {
    rmdirSync(empty);
  }
}

async function walkOnce(dataFolder: string, root: string): Promise<number> {
  const { platform: _platform, folder: _folder, ...access } = await libraryAccess(dataFolder);
  const workers = nodeWorkers(new URL(import.meta.resolve('@sd/platform-node/worker-entry.ts')));
  const walkers = walkersFor(workers.parallelism);
  const slots = newSlots(walkers);
  const control = new WalkControl(slots.length);
  const started = performance.now();
  await walkTree({
    workers,
    walkers,
    slots,
    control,
    start: { library: { ...access, entryIds: new EntryIds().memory }, root: { id: 1, path: root }, first: true, rules: DEFAULT_RULES, full: false },
    root: { id: 1, path: root, known: false },
    onBatch: (batch) => {
      if (batch.slot >= 0) control.freeSlot(batch.slot);
    },
  });
  return (performance.now() - started) / 1000;
}
