/** Stands for the number of a file on a file system that may give it another one at any time: it is not compared. */
export const NO_INODE = 0;

/** Whether both may be numbers of one file. */
export function sameInode(was: number, is: number): boolean {
  return was === NO_INODE || is === NO_INODE || was === is;
}
