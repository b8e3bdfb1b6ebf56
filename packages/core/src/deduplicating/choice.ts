import type { DuplicateScope } from '../db/library/duplicates.ts';
import type { DedupeWay, ResolvedRule } from '../domain/keep-rules.ts';

/** What copies are to go, in the terms of one library: plain data, for a thread. */
export interface DedupeChoice {
  readonly scope: DuplicateScope;
  readonly keep: readonly ResolvedRule[];
  readonly way: DedupeWay;
  /** A copy whose disk is away counts as one that stays, where its full hash is known. */
  readonly countOffline: boolean;
  /** Also copies that people said to hide or gave a privacy tag: else these are neither kept nor taken. */
  readonly private: boolean;
}
