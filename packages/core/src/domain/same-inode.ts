import { FOLDER } from './entry.ts';
import type { StepFacts } from './step.ts';

/** Stands for the number of a file on a file system that may give it another one at any time: it is not compared. */
export const NO_INODE = 0;

/** Whether both may be numbers of one file. */
export function sameInode(was: number, is: number): boolean {
  return was === NO_INODE || is === NO_INODE || was === is;
}

/** Whether it is the file that was there: told by its number or, where that says nothing, by its size and time. */
export function isSameFile(was: StepFacts, is: StepFacts): boolean {
  if (was.type !== is.type) return false;
  if (was.inode !== NO_INODE && is.inode !== NO_INODE) return was.inode === is.inode;
  return was.type === FOLDER || (was.size === is.size && was.mtime === is.mtime);
}
