import { askAbout } from '../attention.ts';
import { type Loss, judgeLoss, recount } from '../brake.ts';
import { displacedFrom } from '../displaced.ts';
import type { LibraryWriter } from '../library-writer.ts';
import { settleMissing } from '../missing.ts';
import type { ReadFiles } from '../../ports/files.ts';
import { isOnDisk } from '../on-disk.ts';
import type { LocationPass } from './location-pass.ts';
import { linkedBelow } from './other-names.ts';

export interface PassSettling {
  readonly writer: LibraryWriter;
  readonly files: Pick<ReadFiles, 'facts'>;
  readonly now: number;
  /** Of the locations that are there still. */
  readonly passes: readonly LocationPass[];
  readonly found: ReadonlySet<number>;
  readonly firstNewId: number;
  /** How many entries left the location lately: a storm comes in many passes. */
  removedLately(root: number): number;
  removing(id: number): void;
  /** Whether what a folder did not list is decided on, and what has lost its name with it; absent: all of it is. */
  decides?(folder: number): boolean;
}

export interface Settled {
  readonly moved: number;
  readonly removed: number;
  readonly losses: readonly Loss[];
  /** How many entries left the index, by the root of their location. */
  readonly left: ReadonlyMap<number, number>;
  /** Something is missing that was not decided on. */
  readonly undecided: boolean;
  /** Inode numbers of files that lost one of several names. */
  readonly linked: ReadonlySet<number>;
}

/** `settleMissing` for what a pass did not find, with the brake. */
export function settlePass(settling: PassSettling): Settled {
  const { writer, passes, found, firstNewId } = settling;
  const { db } = writer;
  const missing = new Map<number, { folder: number; pass: LocationPass }>();
  for (const pass of passes)
    for (const [folder, ids] of pass.output.missingByFolder)
      for (const id of ids) if (!found.has(id)) missing.set(id, { folder, pass });
  const lostNames = displacedFrom(
    db,
    passes.map(({ location }) => location.root),
  );
  const folderOf = new Map([...missing].filter(([, { folder }]) => settling.decides?.(folder) ?? true));
  const displaced: ReadonlyMap<number, number> = settling.decides ? new Map() : lostNames;
  const undecided = folderOf.size < missing.size || displaced.size < lostNames.size;
  const linked = linkedBelow(db, [...folderOf.keys(), ...displaced.keys()]);
  const done = { moved: 0, removed: 0 };
  let losses: readonly Loss[] = [];
  let left: ReadonlyMap<number, number> = new Map();
  const rootOf = (id: number): number | undefined => folderOf.get(id)?.pass.location.root ?? displaced.get(id);
  const onDisk = (id: number): boolean => {
    const location = folderOf.get(id)?.pass.location;
    return location !== undefined && isOnDisk(db, settling.files, { id: location.root, path: location.path }, id);
  };
  const holdBack = (gone: readonly number[]): ReadonlySet<number> => {
    const judged = judgeLoss(db, gone, { rootOf, isOnDisk: onDisk, lately: settling.removedLately });
    losses = judged.losses;
    left = judged.leaving;
    const folders = new Set([...judged.held].flatMap((id) => folderOf.get(id)?.folder ?? []));
    if (losses.length > 0)
      writer.write((tx) => {
        for (const folder of folders) recount(tx, folder);
        for (const loss of losses) {
          const location = passes.find((pass) => pass.location.root === loss.root)?.location;
          if (location) askAbout(tx, location.row, loss, { id: location.root, path: location.path }, settling);
        }
      });
    for (const id of gone) {
      const from = judged.held.has(id) ? undefined : folderOf.get(id);
      if (from) from.pass.output.changesIn(from.folder).removed++;
    }
    return judged.held;
  };
  settleMissing(
    writer,
    {
      missing: [...folderOf.keys()],
      displaced: displaced.keys(),
      found,
      firstNewId,
      holdBack,
      removing: settling.removing,
    },
    (moved, removed) => {
      done.moved += moved;
      done.removed += removed;
    },
  );
  return { ...done, losses, left, linked, undecided };
}
