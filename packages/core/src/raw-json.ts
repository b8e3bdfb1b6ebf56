/** An answer that is JSON text already: it is embedded in the response as it is. */
export class RawJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  /** For whoever does not embed the text. */
  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}
