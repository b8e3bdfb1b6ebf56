import type { NewText } from '../db/texts/texts.ts';
import type { PlainError } from '../errors.ts';

/** What the thread that owns a library's texts is asked; each request is answered under its id. */
export type TextsRequest =
  | { readonly type: 'open'; readonly path: string; readonly key: Uint8Array }
  | ({ readonly id: number } & TextsTask);

export type TextsTask =
  | { readonly type: 'put'; readonly texts: readonly NewText[] }
  | { readonly type: 'remove'; readonly contents: readonly number[] }
  | { readonly type: 'lacking'; readonly contents: readonly { content: number; hash: Uint8Array }[] }
  | { readonly type: 'contents'; readonly after: number; readonly count: number }
  | { readonly type: 'filling'; readonly filling: boolean }
  | { readonly type: 'close' };

export type TextsReport =
  | { readonly type: 'renewed'; readonly why: string }
  | { readonly type: 'done'; readonly id: number; readonly result: unknown; readonly documents?: number }
  | { readonly type: 'failed'; readonly id: number; readonly error: PlainError };
