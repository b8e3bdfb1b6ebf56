import { FOLDER } from '../../domain/entry.ts';
import type { StepFacts } from '../../domain/step.ts';
import { SdError } from '../../errors.ts';
import type { FileFacts } from '../../ports/files.ts';
import { sameInode } from '../../domain/same-inode.ts';
import type { CarryWorld } from './world.ts';

/** What is at the source now. Throws `NOT_FOUND`, and `CONFLICT` where it is not what was planned. */
export function lookAtSource({ files }: Pick<CarryWorld, 'files'>, planned: StepFacts, path: string): FileFacts {
  const now = files.facts(path);
  if (!now) throw new SdError('NOT_FOUND', 'it is gone');
  const change = changeOf(planned, now);
  if (change) throw new SdError('CONFLICT', change);
  return now;
}

/**
 * How what is there differs from what was planned. What lies in a folder may come and go; it stays the folder. The
 * number of its device tells nothing: a disk gets another one when it is mounted again.
 */
export function changeOf(planned: StepFacts, now: FileFacts): string | undefined {
  if (now.type !== planned.type) return 'it is something else now';
  if (!sameInode(planned.inode, now.inode)) return 'another has taken its place';
  if (now.type === FOLDER) return undefined;
  return now.size === planned.size && now.mtime === planned.mtime ? undefined : 'it has changed';
}
