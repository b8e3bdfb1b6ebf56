import { madeFolders } from '../../db/actions/progress.ts';
import type { FoundStep } from '../../db/actions/steps.ts';
import { asSdError } from '../../errors.ts';
import type { DiskChange } from '../index-follower.ts';
import { MOST_STEPS } from './batch-size.ts';
import type { CarryParts } from './carry-run.ts';
import { completeFolder } from './folder-attributes.ts';

type Parts = Pick<CarryParts, 'world' | 'db' | 'tally' | 'follower' | 'turn' | 'turnOver'>;

/**
 * Folders get the times and permissions of those they are copies of, once nothing more comes into them. Answers whether
 * all have.
 */
export async function completeFolders(parts: Parts): Promise<boolean> {
  const { world, db, follower, tally } = parts;
  for (let before = Number.MAX_SAFE_INTEGER; ;) {
    const page = madeFolders(db, world.plan, before, MOST_STEPS);
    before = page.at(-1) ?? 0;
    if (page.length === 0) return true;
    if (world.stopped() || !(await parts.turn())) return false;
    try {
      const changes: DiskChange[] = [];
      for (const seq of page) {
        const step = world.find(seq);
        const completed = step && complete(parts, step);
        if (!completed) continue;
        changes.push(completed.change);
        tally.lost(completed.lost, completed.change.type === 'changed' ? completed.change.path : '');
      }
      if (changes.length > 0) follower.follow(changes);
    } finally {
      parts.turnOver();
    }
  }
}

function complete({ world, tally }: Parts, step: FoundStep): ReturnType<typeof completeFolder> {
  try {
    return completeFolder(world, step);
  } catch (error) {
    const known = asSdError(error);
    if (known.code === 'INTERNAL') throw error;
    world.places.check();
    tally.lost([known.message], world.paths.of(step).target ?? '');
    return undefined;
  }
}
