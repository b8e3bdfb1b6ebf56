import type { MediaProblem, MediaRequest } from '@sd/core/ports/media.ts';

/** What a reader of documents found in one. */
export interface DocumentRead {
  /** Facts for `domain/media.ts`: title, author, pages, … */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly text?: string;
  /** What the document looks like: pixels, or an encoded picture that lay in it. */
  readonly picture?: Pixels | Uint8Array;
  /** Why something that was wanted could not be had. */
  readonly problems?: readonly DocumentProblem[];
}

export type DocumentProblem = MediaProblem;

/** RGBA, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * Reads one format. What it takes of a file is bounded by the request's limits, whatever the file says of itself.
 * Throws `Unreadable` where there is nothing to be had.
 */
export type DocumentReader = (request: MediaRequest) => Promise<DocumentRead>;

/** Why a file gives nothing, in words for people. */
export class Unreadable extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause });
    this.name = 'Unreadable';
  }
}
