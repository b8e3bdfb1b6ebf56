import type { EventBus, SequencedEvent } from '../events.ts';
import type { EventScope } from './event-filter.ts';
import { inScope } from './event-filter.ts';
import { notificationText } from './message.ts';
import { RPC_METHODS, formatCursor } from './protocol.ts';

/** How many different things' progress is kept for a subscriber who does not keep up. */
const MOST_HELD = 256;

export interface SubscriptionParts {
  readonly id: string;
  readonly events: EventBus;
  readonly scope: EventScope;
  /** The last event the client has seen. */
  readonly from: number;
  /** Whether nothing more can be sent now. */
  blocked(): boolean;
  send(text: string): void;
}

/**
 * One subscriber's place in the event stream. While the client does not keep up nothing is queued: the place stays
 * where it is, and the bus's own history is read on from there when there is room again. Of progress only the newest
 * picture of each thing is kept.
 */
export class Subscription {
  readonly id: string;
  readonly #parts: SubscriptionParts;
  readonly #leave: () => void;
  readonly #progress = new Map<string, SequencedEvent>();
  /** Everything up to here was sent, or is not for this subscriber. */
  #position: number;
  /** From the beginning on, until the first `flush`: the answer to the subscribe goes first. */
  #behind = true;

  constructor(parts: SubscriptionParts) {
    this.id = parts.id;
    this.#parts = parts;
    this.#position = parts.from;
    this.#leave = parts.events.subscribe((event) => this.#offer(event));
  }

  /** Sends what has been waiting. `false`: the client is so far behind that some of it is forgotten. */
  flush(): boolean {
    if (!this.#behind) return true;
    const { events, scope, blocked } = this.#parts;
    const missed = events.since(this.#position);
    if (!missed.complete) return false;
    const waiting = missed.events.filter((event) => inScope(scope, event));
    for (const event of [...waiting, ...this.#progress.values()].sort((a, b) => a.sequence - b.sequence)) {
      if (blocked()) return true;
      this.#progress.delete(progressKey(event));
      this.#send(event);
    }
    this.#position = events.sequence;
    this.#behind = false;
    return true;
  }

  close(): void {
    this.#leave();
    this.#progress.clear();
  }

  #offer(event: SequencedEvent): void {
    const wanted = inScope(this.#parts.scope, event);
    if (!this.#behind && !this.#parts.blocked()) {
      if (wanted) this.#send(event);
      else this.#position = event.sequence;
      return;
    }
    this.#behind = true;
    if (wanted && event.change === 'progress') this.#hold(event);
  }

  #hold(event: SequencedEvent): void {
    const key = progressKey(event);
    this.#progress.delete(key);
    this.#progress.set(key, event);
    const oldest = this.#progress.keys().next();
    if (this.#progress.size > MOST_HELD && !oldest.done) this.#progress.delete(oldest.value);
  }

  #send(event: SequencedEvent): void {
    this.#position = event.sequence;
    const cursor = formatCursor({ epoch: this.#parts.events.epoch, sequence: event.sequence });
    this.#parts.send(notificationText(RPC_METHODS.event, { subscription: this.id, cursor, event }));
  }
}

function progressKey(event: SequencedEvent): string {
  return event.change === 'progress'
    ? `${event.resource}\n${event.library ?? ''}\n${event.ids?.join() ?? ''}\n${event.path ?? ''}`
    : '';
}
