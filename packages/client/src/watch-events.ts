import type { SequencedEvent } from '@sd/core/events.ts';
import type { Client } from './client.ts';
import { RpcError } from './errors.ts';
import type { EventFilter } from './events.ts';

/** What the stream is read from. */
export type EventSource = Pick<Client, 'subscribe' | 'closed' | 'close'>;

/** An event; or that the stream begins, or begins again, and whether some were missed: then look at everything again. */
export type Watched =
  | { readonly event: SequencedEvent; readonly cursor: string }
  | { readonly gap: boolean; readonly cursor: string };

export interface WatchOptions {
  readonly signal?: AbortSignal;
  /** Waits before the next try to connect; `attempt` counts from 1 since the last success. */
  wait(attempt: number): Promise<void>;
}

/** Whoever takes events this much slower than they come starts again at its cursor. */
const MOST_WAITING = 10_000;

/**
 * Events, over as many connections as it takes: when one is lost it connects again and goes on at the cursor of the
 * last event. Ends when `signal` is aborted or the loop is left; throws what the daemon refuses.
 */
export async function* watchEvents(
  dial: () => Promise<EventSource>,
  filter: EventFilter,
  { signal, wait }: WatchOptions,
): AsyncGenerator<Watched, void> {
  let { cursor } = filter;
  for (let attempt = 0; !signal?.aborted;) {
    const client = await dial().catch((error: unknown) => passing(error));
    if (!client) {
      await wait(++attempt);
      continue;
    }
    try {
      for await (const watched of oneConnection(
        client,
        { ...filter, ...(cursor === undefined ? {} : { cursor }) },
        signal,
      )) {
        attempt = 0;
        cursor = watched.cursor;
        yield watched;
      }
    } catch (error) {
      passing(error);
    } finally {
      client.close();
    }
    if (!signal?.aborted) await wait(++attempt);
  }
}

const PASSING: ReadonlySet<string> = new Set(['CONNECTION_CLOSED', 'SHUTTING_DOWN', 'NOT_RUNNING']);

/** What is over by trying again; anything else is thrown. */
function passing(error: unknown): undefined {
  if (error instanceof RpcError && PASSING.has(error.code)) return;
  throw error;
}

/** First where the stream is, then its events, until the connection ends. */
async function* oneConnection(
  client: EventSource,
  filter: EventFilter,
  signal: AbortSignal | undefined,
): AsyncGenerator<Watched, void> {
  const waiting: Watched[] = [];
  let wake = (): void => {};
  let over = false;
  const end = (): void => {
    over = true;
    wake();
  };
  signal?.addEventListener('abort', end, { once: true });
  void client.closed.then(end);
  try {
    const { cursor, gap } = await client.subscribe(filter, (event, at) => {
      if (over) return;
      waiting.push({ event, cursor: at });
      if (waiting.length >= MOST_WAITING) end();
      wake();
    });
    yield { gap, cursor };
    while ((waiting.length > 0 || !over) && !signal?.aborted) {
      const next = waiting.shift();
      if (next) yield next;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal?.removeEventListener('abort', end);
  }
}
