import type { Completion } from './option.ts';

/** One positional argument; its name in help is its key in capitals. */
export interface Argument<T = unknown> {
  readonly summary: string;
  readonly required: boolean;
  /** Takes all that is left. Only the last one may. */
  readonly many: boolean;
  readonly complete?: Completion;
  /** What becomes of each word that stands after `--`. */
  readonly afterDashes?: (word: string) => string;
  /** Which words with a dash in front are no options but its own. */
  readonly dashed?: (word: string) => boolean;
  /** Only for the compiler: what `run` gets. */
  readonly type?: T;
}

export function required(summary: string, complete?: Completion): Argument<string> {
  return { summary, required: true, many: false, ...(complete ? { complete } : {}) };
}
export function optional(summary: string, complete?: Completion): Argument<string | undefined> {
  return { summary, required: false, many: false, ...(complete ? { complete } : {}) };
}
/** Any number of them, none included. */
export function any(summary: string, complete?: Completion): Argument<string[]> {
  return { summary, required: false, many: true, ...(complete ? { complete } : {}) };
}
/** One or more. */
export function some(summary: string, complete?: Completion): Argument<string[]> {
  return { summary, required: true, many: true, ...(complete ? { complete } : {}) };
}
