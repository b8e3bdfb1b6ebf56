import type { MediaRequest } from '@sd/core/ports/media.ts';
import type { DocumentRead, Pixels } from './document.ts';

/** An encoded picture as it lies in a file. */
export interface EncodedPicture {
  readonly encoded: Uint8Array;
  /** EXIF's number for how it is to be turned, where the picture does not say so itself. */
  readonly orientation?: number | undefined;
  /** Of what has no pixels: dots per inch to draw it at. */
  readonly density?: number | undefined;
}

/** What a reader found in a file. Of `picture` the thumbnails are made; `images` are ready. */
export interface MediaRead extends Omit<DocumentRead, 'picture'> {
  readonly picture?: Pixels | Uint8Array | EncodedPicture;
  readonly images?: readonly { readonly kind: string; readonly bytes: Uint8Array }[];
}

/**
 * Reads one format. What it takes of a file is bounded by the request's limits, whatever the file says of itself.
 * Throws `Unreadable` where there is nothing to be had.
 */
export type Reader = (request: MediaRequest) => Promise<MediaRead>;
