import type { Pipe } from '@sd/core/rpc/pipe.ts';
import { type Handshake, PROTOCOL_VERSION, RPC_METHODS } from '@sd/core/rpc/protocol.ts';
import type { RpcError } from './errors.ts';
import type { EventFilter, EventListener, Subscribed } from './events.ts';
import type { Method, Methods } from './methods.ts';
import { Wire } from './wire.ts';

export interface ConnectOptions {
  /** The token of the data folder; none for a pipe made inside the process. */
  readonly token?: string;
  /** Name and version of this client, e.g. `sd 0.1.0`. */
  readonly client: string;
  /** What it wants to be allowed; everything, if left out. */
  readonly permissions?: readonly string[];
}

export interface CallOptions {
  /** Aborting asks the daemon to cancel. The call then ends as the daemon says: `CANCELLED`, or with its result. */
  readonly signal?: AbortSignal;
}

type CallArguments<M extends Method> =
  Record<string, never> extends Methods[M]['params']
    ? [params?: Methods[M]['params'], options?: CallOptions]
    : [params: Methods[M]['params'], options?: CallOptions];

/**
 * Begins a connection over a pipe. Token and handshake are sent at once and calls may be made at once: nothing waits
 * for an answer. Where the daemon refuses either, every call fails with its reason.
 */
export function connect(pipe: Pipe, options: ConnectOptions): Client {
  return new Client(pipe, options);
}

/** A connection to a daemon: typed calls, and the stream of events. */
export class Client {
  /** What the daemon answered to the handshake. */
  readonly handshake: Promise<Handshake>;
  /** Resolves when the connection is gone; with the reason, where it did not end by `close`. */
  readonly closed: Promise<RpcError | undefined>;
  readonly #wire: Wire;

  constructor(pipe: Pipe, { token, client, permissions }: ConnectOptions) {
    this.#wire = new Wire(pipe);
    this.closed = this.#wire.closed;
    const vital = { vital: true };
    const authenticated =
      token === undefined ? undefined : this.#wire.request(RPC_METHODS.authenticate, { token }, vital);
    const handshake = this.#wire.request(
      RPC_METHODS.handshake,
      { protocol: PROTOCOL_VERSION, client, ...(permissions ? { permissions } : {}) },
      vital,
    );
    this.handshake = Promise.all([handshake, authenticated]).then(([answer]) => answer as Handshake);
    // Whoever does not look at the handshake learns of its failure from every call.
    this.handshake.catch(() => {});
  }

  /** Calls a method of the daemon. Throws `RpcError`. */
  call<M extends Method>(method: M, ...[params, options]: CallArguments<M>): Promise<Methods[M]['result']> {
    return this.request(method, params, options) as Promise<Methods[M]['result']>;
  }

  /** Calls a method by a name that is only known when it runs. */
  request(method: string, params?: Readonly<Record<string, unknown>>, options: CallOptions = {}): Promise<unknown> {
    return this.#wire.request(method, params, options);
  }

  /** Hears of what happens until it is ended or the connection is gone; `watchEvents` goes on over connections. */
  async subscribe(filter: EventFilter, listener: EventListener): Promise<Subscribed> {
    let id = '';
    const arrived = (result: unknown): void => {
      // Here and not below: an event may be in the same chunk as this answer.
      id = (result as { subscription: string }).subscription;
      this.#wire.listeners.set(id, listener);
    };
    const answer = (await this.#wire.request(RPC_METHODS.subscribe, { ...filter }, { arrived })) as {
      cursor: string;
      gap?: true;
    };
    return {
      cursor: answer.cursor,
      gap: answer.gap ?? false,
      end: async () => {
        this.#wire.listeners.delete(id);
        await this.#wire.request(RPC_METHODS.unsubscribe, { subscription: id });
      },
    };
  }

  close(): void {
    this.#wire.close();
  }
}
