import { showNative } from '../../domain/native-path.ts';

interface Counted {
  count: number;
  readonly first: string;
  say(count: number, first: string): string;
}

/** What a person should know before they say yes: each kind once, with how often and the first path. */
export class Warnings {
  readonly #said = new Set<string>();
  readonly #counted = new Map<string, Counted>();

  say(sentence: string): void {
    this.#said.add(sentence);
  }

  /** `say` gets the count of them all at the end, and the first path as it is shown. */
  count(kind: string, path: () => string, say: Counted['say']): void {
    const known = this.#counted.get(kind);
    if (known) known.count++;
    else this.#counted.set(kind, { count: 1, first: showNative(path()), say });
  }

  all(): string[] {
    return [...this.#said, ...[...this.#counted.values()].map(({ count, first, say }) => say(count, first))];
  }
}

/** `1 file`, `2 files`. */
export function several(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}
