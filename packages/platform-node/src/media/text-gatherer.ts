/** Text as it comes out of a document, piece by piece, up to a length. */
export class TextGatherer {
  readonly #limit: number;
  readonly #pieces: string[] = [];
  #length = 0;

  /** `limit` in UTF-16 units. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether there is no room for more. */
  get full(): boolean {
    return this.#length >= this.#limit;
  }
  get room(): number {
    return this.#limit - this.#length;
  }

  add(piece: string): void {
    if (piece === '' || this.full) return;
    const taken = piece.length > this.room ? piece.slice(0, this.room) : piece;
    this.#pieces.push(taken);
    this.#length += taken.length;
    // Millions of short pieces weigh more than their text.
    if (this.#pieces.length >= 4096) this.#pieces.splice(0, Infinity, this.#pieces.join(''));
  }

  /** Everything so far; `undefined` where that is nothing but white space. */
  take(): string | undefined {
    const text = this.#pieces.join('').toWellFormed().trim();
    return text === '' ? undefined : text;
  }
}
