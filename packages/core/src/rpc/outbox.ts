import type { Clock } from '../ports/clock.ts';
import type { Pipe } from './pipe.ts';
import { LIMITS } from './protocol.ts';

/**
 * The way out of a session. When the client does not keep up it is `blocked`: nothing new is started and nothing read
 * until there is room. A client that fetches nothing for `LIMITS.stalledMs` is given up.
 */
export class Outbox {
  readonly #pipe: Pipe;
  readonly #clock: Clock;
  readonly #onRoom: () => void;
  readonly #onStalled: () => void;
  #cancelWatch: (() => void) | undefined;
  #sentWhileBlocked = false;

  constructor(pipe: Pipe, clock: Clock, on: { room: () => void; stalled: () => void }) {
    this.#pipe = pipe;
    this.#clock = clock;
    this.#onRoom = on.room;
    this.#onStalled = on.stalled;
  }

  get blocked(): boolean {
    return this.#cancelWatch !== undefined;
  }

  send(text: string): void {
    const room = this.#pipe.send(text);
    if (this.blocked) this.#sentWhileBlocked = true;
    else if (!room) {
      this.#pipe.pause();
      this.#watch();
    }
  }

  drained(): void {
    if (!this.blocked) return;
    this.close();
    this.#pipe.resume();
    this.#onRoom();
  }

  close(): void {
    this.#cancelWatch?.();
    this.#cancelWatch = undefined;
  }

  #watch(): void {
    const before = this.#pipe.buffered;
    this.#sentWhileBlocked = false;
    this.#cancelWatch = this.#clock.after(LIMITS.stalledMs, () => {
      // Requests that were running still answered: then the numbers say nothing, and the time starts again.
      if (this.#pipe.buffered < before || this.#sentWhileBlocked) this.#watch();
      else this.#onStalled();
    });
  }
}
