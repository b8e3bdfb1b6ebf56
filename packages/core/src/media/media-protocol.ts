import type { PlainError } from '../errors.ts';
import type { MediaOutcome, MediaRequest } from '../ports/media.ts';

/** What a process that looks into files is asked: one thing at a time. */
export type MediaTask = { readonly type: 'read'; readonly request: MediaRequest } | { readonly type: 'tools' };

export type MediaAnswer =
  | { readonly type: 'read'; readonly outcome: MediaOutcome }
  | { readonly type: 'tools'; readonly tools: readonly string[] }
  | { readonly type: 'failed'; readonly error: PlainError };
