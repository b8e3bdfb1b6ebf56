import { type FoundStep, insertSteps, nextSeq, removeLast, turnStep } from '../../db/actions/steps.ts';
import { FOLDER } from '../../domain/entry.ts';
import { joinNative } from '../../domain/native-path.ts';
import type { Step, StepFacts } from '../../domain/step.ts';
import { SdError } from '../../errors.ts';
import type { Connection } from '../../ports/sqlite.ts';
import { FolderLister } from '../planning/listing.ts';
import { NO_INODE } from '../../domain/same-inode.ts';
import { type CarryWorld, needed } from './world.ts';

/** Socket, device or pipe: there is nothing in it to be copied. */
const OTHER = 3;

/**
 * What to do about a step that failed: `apart`, if it goes piece by piece after all. Some file systems do not rename a
 * folder though it stays where it is (an overlay, one of its lower layers; a quota, one of another project), and say that
 * it crosses to another. As `mv` does. Else why it failed.
 */
export function apartOr(error: unknown, { buildsOnItself }: CarryWorld, { kind, facts }: FoundStep): unknown {
  const crosses = error instanceof SdError && error.code === 'CROSSES_VOLUME';
  if (!crosses || kind !== 'rename' || facts.type === OTHER) return error;
  if (!buildsOnItself) return 'apart';
  // Later steps suppose that it is done, and pieces come last.
  const why = 'its file system does not rename it to there; sd mv, which copies what cannot be renamed, takes it there';
  return new SdError('CROSSES_VOLUME', why, {}, error);
}

/** Whether the step removes a folder that one of those to be taken apart lies in: that has to wait for them. */
export function removesAbove({ find }: CarryWorld, { kind, parent }: FoundStep, apart: readonly FoundStep[]): boolean {
  if (kind !== 'remove_folder' || parent === undefined) return false;
  return apart.some((step) => {
    let above = step.parent;
    while (above !== undefined && above !== parent) above = find(above)?.parent;
    return above === parent;
  });
}

/**
 * Turns a rename into steps that copy, compare, and then remove the source, as from another file system. They come last,
 * and before the folders it lies in are removed. In one transaction: after a crash the plan has all of them, or none.
 * Throws what is wrong with the folder; then the step is as it was.
 */
export function takeApart(world: CarryWorld, db: Connection, step: FoundStep): void {
  const { plan, find } = world;
  const pieces = step.facts.type === FOLDER ? piecesOf(world, step, nextSeq(db, plan)) : [];
  db.exec('BEGIN IMMEDIATE');
  try {
    turnStep(db, plan, step.seq, step.facts.type === FOLDER ? 'make_folder' : 'move');
    insertSteps(db, plan, pieces);
    for (let above = step.parent; above !== undefined; above = find(above)?.parent) removeLast(db, plan, above);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

interface Entered {
  readonly seq: number;
  readonly path: string;
  readonly facts: StepFacts;
  left?: true;
}

/** What is in the folder, each with the number it gets from `next` on; a folder is removed after all that is in it. */
function piecesOf({ files, paths }: CarryWorld, top: FoundStep, next: number): Step[] {
  const { seq, facts } = top;
  const lister = new FolderLister(files);
  const pieces: Step[] = [];
  const add = (piece: Omit<Step, 'seq' | 'conflict'>): number => {
    pieces.push({ ...piece, seq: next, conflict: 'none' });
    return next++;
  };
  const waiting: Entered[] = [{ seq, path: needed(paths.of(top).source), facts }];
  for (let folder = waiting.at(-1); folder; folder = waiting.at(-1)) {
    if (folder.left) {
      add({ kind: 'remove_folder', parent: folder.seq, facts: folder.facts });
      waiting.pop();
      continue;
    }
    folder.left = true;
    const below: Entered[] = [];
    for (const { name, facts: now } of lister.list(folder.path)) {
      const child = facts.inode === NO_INODE ? { ...now, inode: NO_INODE } : now;
      if (child.type !== FOLDER) {
        add({ kind: child.type === OTHER ? 'rename' : 'move', parent: folder.seq, name, facts: child });
        continue;
      }
      if (child.device !== facts.device)
        throw new SdError('CONFLICT', `another file system is mounted in it: ${joinNative(folder.path, name)}`);
      const made = add({ kind: 'make_folder', parent: folder.seq, name, facts: child });
      below.push({ seq: made, path: joinNative(folder.path, name), facts: child });
    }
    waiting.push(...below.reverse());
  }
  return pieces;
}
