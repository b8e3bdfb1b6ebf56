import type { SqlValue } from '../../ports/sqlite.ts';

/** An entry that is held against a filter. */
export interface Subject {
  readonly id: number;
  readonly parent: number | null;
  /** As it is compared. */
  readonly folded: string;
  /** Codes at rest. */
  readonly type: number;
  readonly kind: number;
  /** Bytes; folders have none of their own. */
  readonly size: number;
  /** Microseconds since the epoch. */
  readonly mtime: number;
  readonly content: number | null;
}

/** A condition on `entries e`, beginning with AND, and its values. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** A part of a filter, ready to be asked at one revision of the library. */
export interface Predicate {
  test(entry: Subject): boolean;
  /** What of it a row shows to SQL: what does not meet it does not pass. */
  readonly row?: RowCondition | undefined;
  /** What can be told without the row. */
  readonly members?: Members;
}

/** What a row of `entries` shows by numbers alone, see `Subject`. */
export type RowFacts = Pick<Subject, 'type' | 'kind' | 'size' | 'mtime'>;

export interface RowCondition {
  /** On `entries e`, to stand between brackets. */
  readonly sql: string;
  readonly values: readonly SqlValue[];
  /** The same outside of SQL. */
  meets(facts: RowFacts): boolean;
  /** What meets it passes. */
  readonly exact: boolean;
}

/** Told by the ids of an entry and of its content. What does not meet it does not pass. */
export interface Members {
  has(id: number, content: number | null): boolean;
  /** Whether an entry may pass by what it has as its content: `false` rules every place of that content out. */
  mayHave(content: number): boolean;
  /** What has these members passes. */
  readonly exact: boolean;
  /** Set where all that pass can be named; nothing else does. */
  readonly named?: Named;
}

export interface Named {
  /** Tells it from others, at one revision of what it was found in. */
  readonly key: readonly unknown[];
  /** About how many entries. */
  readonly most: number;
  /** Ids of entries and of contents whose entries are meant; ascending, none twice. */
  readonly entries: ArrayLike<number>;
  readonly contents: ArrayLike<number>;
}
