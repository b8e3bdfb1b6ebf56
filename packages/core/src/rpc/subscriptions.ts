import { SdError } from '../errors.ts';
import { EVENT_RESOURCES, type EventBus, type EventResource } from '../events.ts';
import type { Permission } from '../operation.ts';
import { EVENT_PERMISSIONS, type EventScope } from './event-filter.ts';
import type { RpcHost } from './host.ts';
import type { SubscribeInput } from './methods.ts';
import { LIMITS, formatCursor, parseCursor } from './protocol.ts';
import { Subscription } from './subscription.ts';

export interface Subscribed {
  readonly subscription: string;
  readonly cursor: string;
  readonly gap?: true;
}

export interface SubscriptionsParts {
  readonly host: Pick<RpcHost, 'events' | 'libraryId' | 'nativePath'>;
  readonly permissions: ReadonlySet<Permission>;
  blocked(): boolean;
  send(text: string): void;
  /** The client is so far behind that events are lost to it. */
  overrun(): void;
}

/** The subscriptions of one session. */
export class Subscriptions {
  readonly #parts: SubscriptionsParts;
  readonly #all = new Map<string, Subscription>();
  #lastId = 0;

  constructor(parts: SubscriptionsParts) {
    this.#parts = parts;
  }

  /** Notes the place in the stream; events flow from the next `flush` on, after the answer. */
  subscribe(input: SubscribeInput): Subscribed {
    if (this.#all.size >= LIMITS.subscriptions)
      throw new SdError('TOO_MANY_REQUESTS', `a connection may have ${LIMITS.subscriptions} subscriptions`, {
        limit: LIMITS.subscriptions,
      });
    const { host, blocked, send } = this.#parts;
    const scope = this.#scope(input);
    const from = resumePoint(host.events, input.cursor);
    const id = String(++this.#lastId);
    const position = from ?? host.events.sequence;
    this.#all.set(id, new Subscription({ id, events: host.events, scope, from: position, blocked, send }));
    return {
      subscription: id,
      cursor: formatCursor({ epoch: host.events.epoch, sequence: position }),
      ...(from === undefined ? { gap: true } : {}),
    };
  }

  unsubscribe(id: string): void {
    const subscription = this.#all.get(id);
    if (!subscription) throw new SdError('NOT_FOUND', `this connection has no subscription ${JSON.stringify(id)}`);
    subscription.close();
    this.#all.delete(id);
  }

  /** Sends what waited for room. */
  flush(): void {
    for (const subscription of [...this.#all.values()]) {
      if (!subscription.flush()) return this.#parts.overrun();
    }
  }

  close(): void {
    for (const subscription of this.#all.values()) subscription.close();
    this.#all.clear();
  }

  #scope(input: SubscribeInput): EventScope {
    const { host } = this.#parts;
    return {
      resources: this.#resources(input.resources),
      ...(input.library === undefined ? {} : { library: host.libraryId(input.library) }),
      ...(input.path === undefined ? {} : { path: host.nativePath(input.path) }),
    };
  }

  /** What was asked for must be allowed; without a wish it is all that is. */
  #resources(wanted: readonly EventResource[] | undefined): ReadonlySet<EventResource> {
    const missing = (resource: EventResource): boolean => !this.#parts.permissions.has(EVENT_PERMISSIONS[resource]);
    const refused = wanted?.filter(missing) ?? [];
    if (refused.length > 0) {
      const needed = [...new Set(refused.map((resource) => EVENT_PERMISSIONS[resource]))];
      throw new SdError(
        'FORBIDDEN',
        `events about ${refused.join(', ')} need the permission ${needed.join(', ')}, which this session does not have`,
        { missing: needed },
      );
    }
    return new Set(wanted ?? EVENT_RESOURCES.filter((resource) => !missing(resource)));
  }
}

/** The sequence to go on from; `undefined` where events after the cursor are forgotten or were of another run. */
function resumePoint(events: EventBus, text: string | undefined): number | undefined {
  if (text === undefined) return events.sequence;
  const cursor = parseCursor(text);
  if (!cursor)
    throw new SdError('INVALID_INPUT', 'cursor: not one of ours', {
      way_out: 'leave it out, or take the cursor of an event',
    });
  return cursor.epoch === events.epoch && events.since(cursor.sequence).complete ? cursor.sequence : undefined;
}
