import type { WalkCounts } from './scan-protocol.ts';

/** One row on its way to the index. */
export interface Row {
  readonly id: number;
  readonly parent: number;
  readonly name: string;
  readonly type: number;
  readonly kind: number;
  readonly size: number;
  readonly mtime: number;
  readonly inode: number;
  readonly links: number;
  readonly change: number;
}

/** Where what is found in folders goes. */
export interface WalkOutput {
  readonly counts: WalkCounts;
  /** `false` once the walk is to stop. */
  row(row: Row): boolean;
  /**
   * Rows of a folder that the index knows follow. Until its facts are there too, what is stored says of a folder on its
   * way from one state to another that it is in the old one: what is written between says so.
   */
  begin(folder: number): void;
  /** The facts of a folder go with, or after, the last of its rows. */
  folder(id: number, signature: number, bytes: number, files: number, folders: number, children: number): void;
  /** It was not listed any more. */
  missing(id: number): void;
  /** The row that follows takes the name of this entry. */
  displaced(id: number): void;
  problem(path: string, reason: string): void;
}
