import type { EntryType, FileFacts } from '../../ports/files.ts';
import type { CopiedFile } from '../../ports/user-files.ts';

const HOW = ['clone', 'kernel', 'stream'] as const;
/** How it was copied, then six facts of the source and six of the copy. */
const NUMBERS = 13;

/**
 * What came of copies, in memory that two threads share. Numbers are simply there, where objects that are posted are
 * taken apart and put together again, which takes a tenth of the time of the copy.
 */
export class CopySlots {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Float64Array;

  constructor(memory: SharedArrayBuffer) {
    this.memory = memory;
    this.#numbers = new Float64Array(memory);
  }

  static for(copies: number): CopySlots {
    return new CopySlots(new SharedArrayBuffer(copies * NUMBERS * Float64Array.BYTES_PER_ELEMENT));
  }

  /** Answers whether it could be told in numbers: a copy that has lost something could not. */
  set(at: number, { how, lost, source, facts }: CopiedFile): boolean {
    if (lost.length > 0) return false;
    const first = at * NUMBERS;
    this.#set(first + 1, source);
    this.#set(first + 7, facts);
    this.#numbers[first] = HOW.indexOf(how) + 1;
    return true;
  }

  /** `undefined`: it was not set. */
  get(at: number): CopiedFile | undefined {
    const first = at * NUMBERS;
    const how = HOW[(this.#numbers[first] ?? 0) - 1];
    return how && { how, lost: [], source: this.#get(first + 1), facts: this.#get(first + 7) };
  }

  #set(first: number, { type, size, mtime, inode, device, links }: FileFacts): void {
    const numbers = this.#numbers;
    numbers[first] = type;
    numbers[first + 1] = size;
    numbers[first + 2] = mtime;
    numbers[first + 3] = inode;
    numbers[first + 4] = device;
    numbers[first + 5] = links;
  }

  #get(first: number): FileFacts {
    const number = (at: number): number => this.#numbers[first + at] ?? 0;
    return {
      type: number(0) as EntryType,
      size: number(1),
      mtime: number(2),
      inode: number(3),
      device: number(4),
      links: number(5),
    };
  }
}
