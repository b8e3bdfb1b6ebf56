import type { EventResource, SequencedEvent } from '@sd/core/events.ts';

/** Which events; all of them where nothing is said. */
export interface EventFilter {
  readonly resources?: readonly EventResource[];
  /** Id or name. */
  readonly library?: string;
  /** A folder or file; native path or address. */
  readonly path?: string;
  /** Where to go on: the cursor of the last event seen. */
  readonly cursor?: string;
}

/** `cursor` is where to go on after this event. */
export type EventListener = (event: SequencedEvent, cursor: string) => void;

export interface Subscribed {
  /** Where the stream is. */
  readonly cursor: string;
  /** Events were missed: look at everything again. */
  readonly gap: boolean;
  end(): Promise<void>;
}
