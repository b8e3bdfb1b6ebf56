import type { Pipe, PipeListener } from './pipe.ts';
import { ANSWER_BYTES } from './protocol.ts';

/** What may wait on one side before `send` answers `false`, in characters. */
const HIGH_WATER = 64 * 1024;

/** The two ends of a pipe within one process. Messages arrive in a later microtask, as over any other pipe. */
export function memoryPipes(): [Pipe, Pipe] {
  const left = new MemoryPipe();
  const right = new MemoryPipe();
  left.join(right);
  right.join(left);
  return [left, right];
}

class MemoryPipe implements Pipe {
  limit: number = ANSWER_BYTES;
  #other!: MemoryPipe;
  #listener: PipeListener | undefined;
  /** Sent by the other end, not delivered yet. */
  readonly #inbox: string[] = [];
  #inboxSize = 0;
  #paused = false;
  #pumping = false;
  #otherWaits = false;
  #state: 'open' | 'ending' | 'closed' = 'open';

  join(other: MemoryPipe): void {
    this.#other = other;
  }

  get buffered(): number {
    return this.#other.#inboxSize;
  }

  send(text: string): boolean {
    const other = this.#other;
    if (this.#state !== 'open' || other.#state === 'closed') return true;
    other.#inbox.push(text);
    other.#inboxSize += text.length;
    other.#schedule();
    other.#otherWaits ||= other.#inboxSize >= HIGH_WATER;
    return !other.#otherWaits;
  }

  listen(listener: PipeListener): void {
    this.#listener = listener;
    this.#schedule();
  }

  pause(): void {
    this.#paused = true;
  }
  resume(): void {
    this.#paused = false;
    this.#schedule();
  }

  close(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ending';
    this.#schedule();
    this.#other.#schedule();
  }

  destroy(): void {
    const other = this.#other;
    other.#drop();
    this.#drop();
    this.#schedule();
    other.#schedule();
    if (this.#state === 'open') this.#state = 'ending';
  }

  #drop(): void {
    this.#inbox.length = 0;
    this.#inboxSize = 0;
  }

  #schedule(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    queueMicrotask(() => {
      this.#pumping = false;
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#listener && this.#state === 'open' && !this.#paused) {
      const text = this.#inbox.shift();
      if (text === undefined) break;
      this.#inboxSize -= text.length;
      if (text.length > this.limit) {
        this.#drop();
        this.#listener.fault('TOO_LARGE', `a message may have ${this.limit} bytes`);
      } else {
        this.#listener.message(text);
      }
    }
    if (this.#otherWaits && this.#inboxSize < HIGH_WATER) {
      this.#otherWaits = false;
      this.#other.#listener?.drain();
    }
    this.#finish();
  }

  /** An end is closed once it has nothing left to hear: closing does not overtake what was sent. */
  #finish(): void {
    if (this.#state === 'closed') return;
    const otherEnds = this.#other.#state !== 'open';
    if (this.#state === 'open' && !(otherEnds && this.#inbox.length === 0)) return;
    this.#state = 'closed';
    this.#drop();
    this.#listener?.closed();
    this.#other.#schedule();
  }
}
