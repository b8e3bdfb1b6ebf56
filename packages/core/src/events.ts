/** What happened, said after it is committed. Paths are native paths; `data` is small and safe to show. */
export interface CoreEvent {
  readonly resource: EventResource;
  readonly change: 'created' | 'updated' | 'deleted' | 'progress';
  /** The library's id; absent for what belongs to the core. */
  readonly library?: string;
  readonly ids?: readonly string[];
  /** The folder or file it is about, for subscriptions with a path scope. */
  readonly path?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}
export const EVENT_RESOURCES = [
  'core',
  'library',
  'location',
  'volume',
  'entry',
  'content',
  'tag',
  'metadata',
  'collection',
  'space',
  'sidecar',
  'device',
  'job',
  'plan',
  'service',
  'history',
] as const;
export type EventResource = (typeof EVENT_RESOURCES)[number];

/** An event with its place in the stream. */
export interface SequencedEvent extends CoreEvent {
  readonly sequence: number;
  readonly at: number;
}

export type EventListener = (event: SequencedEvent) => void;

/** How many events a late subscriber can still catch up on. */
export const EVENT_HISTORY = 10_000;

/** Orders events, keeps the last `EVENT_HISTORY` of them, and hands them to whoever listens. */
export class EventBus {
  /** Names this run of the core: a cursor of another run cannot be resumed. */
  readonly epoch: string;
  readonly #now: () => number;
  readonly #history: SequencedEvent[] = [];
  readonly #listeners = new Set<EventListener>();
  #sequence = 0;
  #services = 0;

  constructor(epoch: string, now: () => number) {
    this.epoch = epoch;
    this.#now = now;
  }

  get sequence(): number {
    return this.#sequence;
  }
  /** Those outside: a service that follows events is not one of them. */
  get listeners(): number {
    return this.#listeners.size - this.#services;
  }

  publish(...events: readonly CoreEvent[]): void {
    for (const event of events) {
      const sequenced = { ...event, sequence: ++this.#sequence, at: this.#now() };
      // Progress is a picture of a moment: nobody wants yesterday's.
      if (event.change !== 'progress') this.#remember(sequenced);
      for (const listener of [...this.#listeners]) listener(sequenced);
    }
  }

  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** For a service of the core. */
  follow(listener: EventListener): () => void {
    this.#services++;
    const leave = this.subscribe(listener);
    return () => {
      this.#services--;
      leave();
    };
  }

  /** The remembered events after `sequence`; `complete` is false where some of them are forgotten. */
  since(sequence: number): { events: SequencedEvent[]; complete: boolean } {
    const events = this.#history.filter((event) => event.sequence > sequence);
    return { events, complete: sequence >= this.#forgotten && sequence <= this.#sequence };
  }

  #forgotten = 0;
  #remember(event: SequencedEvent): void {
    this.#history.push(event);
    if (this.#history.length > EVENT_HISTORY * 1.25) {
      const dropped = this.#history.splice(0, this.#history.length - EVENT_HISTORY);
      this.#forgotten = dropped.at(-1)?.sequence ?? this.#forgotten;
    }
  }
}
