import type { PipeFault } from './pipe.ts';

/**
 * Messages on a byte stream: JSON without line breaks, each ended by a newline. A newline byte is never part of another
 * UTF-8 character, so lines are cut as bytes and decoded whole. Pure, and without dependencies: clients load this file.
 */
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** An unfinished line is collected in a buffer of at least this size; a larger one is let go with its line. */
const BUFFER_BYTES = 16 * 1024;

export class FramingError extends Error {
  readonly code: PipeFault;
  constructor(code: PipeFault, message: string) {
    super(message);
    this.name = 'FramingError';
    this.code = code;
  }
}

/** Bytes in, lines out. The caller pulls, so that it can stop in the middle of a chunk. */
export class LineDecoder {
  /** The longest line in bytes, without its newline. May change between calls. */
  limit: number;
  readonly #chunks: Uint8Array[] = [];
  /** How much of the first chunk is consumed. */
  #at = 0;
  /** The unfinished line. Copied together, so that a line sent byte by byte costs its length and no more. */
  #line = new Uint8Array(0);
  #lineLength = 0;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  constructor(limit: number) {
    this.limit = limit;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length > 0) this.#chunks.push(chunk);
  }

  /** The next whole line that is not empty. Throws `FramingError`; the stream is of no use after that. */
  next(): string | undefined {
    for (let chunk = this.#chunks[0]; chunk; chunk = this.#chunks[0]) {
      const end = chunk.indexOf(NEWLINE, this.#at);
      const piece = chunk.subarray(this.#at, end < 0 ? chunk.length : end);
      if (this.#lineLength + piece.length > this.limit)
        throw new FramingError('TOO_LARGE', `a message may have ${this.limit} bytes`);
      this.#at = end + 1;
      if (end < 0 || end + 1 === chunk.length) {
        this.#chunks.shift();
        this.#at = 0;
      }
      if (end < 0) {
        this.#keep(piece);
        continue;
      }
      const text = this.#decode(this.#lineLength === 0 ? piece : this.#finish(piece));
      if (text !== '') return text;
    }
    return undefined;
  }

  #keep(piece: Uint8Array): void {
    const needed = this.#lineLength + piece.length;
    if (needed > this.#line.length) {
      const larger = new Uint8Array(Math.max(BUFFER_BYTES, needed, this.#line.length * 2));
      larger.set(this.#line.subarray(0, this.#lineLength));
      this.#line = larger;
    }
    this.#line.set(piece, this.#lineLength);
    this.#lineLength = needed;
  }

  #finish(piece: Uint8Array): Uint8Array {
    this.#keep(piece);
    const whole = this.#line.subarray(0, this.#lineLength);
    this.#lineLength = 0;
    if (this.#line.length > BUFFER_BYTES) this.#line = new Uint8Array(0);
    return whole;
  }

  #decode(bytes: Uint8Array): string {
    const end = bytes.at(-1) === RETURN ? bytes.length - 1 : bytes.length;
    try {
      return this.#decoder.decode(bytes.subarray(0, end));
    } catch {
      throw new FramingError('PARSE_ERROR', 'a message is not UTF-8');
    }
  }
}

/** `JSON.stringify` escapes every line break, so a text of it needs no more than an end. */
export function encodeLine(text: string): string {
  return `${text}\n`;
}
