/** Reads what is inside files: pictures, sound, documents. Runs in an isolated thread only. */
export interface Media {
  /** Throws for a file that cannot be opened; what is wrong inside it is in the outcome. */
  read(request: MediaRequest): Promise<MediaOutcome>;
  /** Programs of the system that were found and can help: `ffmpeg`. */
  tools(): Promise<readonly string[]>;
}

export interface MediaRequest {
  /** Native path of a regular file. */
  readonly path: string;
  readonly name: string;
  readonly size: number;
  readonly wants: readonly ('facts' | 'thumbnails' | 'text')[];
  readonly limits: MediaLimits;
}

export interface MediaLimits {
  readonly pixels: number;
  /** Of the file. */
  readonly fileBytes: number;
  /** Of what is unpacked from it. */
  readonly unpackedBytes: number;
  /** Of the text taken from it, in UTF-16 units. */
  readonly textLength: number;
  /** Seconds of work after which the caller ends the thread. */
  readonly seconds: number;
}

export interface MediaOutcome {
  /** The format the bytes say, e.g. `jpeg`; `undefined`: none that is known here. */
  readonly format?: string;
  /** `MediaFacts` of `domain/media.ts`; checked by the core before it is believed. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** `thumbnail_256`, `thumbnail_1024`, `strip`: WebP. */
  readonly images?: readonly { readonly kind: string; readonly bytes: Uint8Array }[];
  readonly text?: string;
  /** What could not be had, and why, by what was wanted. */
  readonly problems: readonly MediaProblem[];
}

export interface MediaProblem {
  readonly want: 'facts' | 'thumbnails' | 'text';
  readonly reason: string;
  /** The file is at fault: it is damaged, or over a limit. Else there is nothing of the kind in it, or not on this machine. */
  readonly broken?: boolean;
  /** The program of `Media.tools` that would help. */
  readonly tool?: string;
}
