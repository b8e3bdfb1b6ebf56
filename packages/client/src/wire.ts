import type { SequencedEvent } from '@sd/core/events.ts';
import type { Pipe } from '@sd/core/rpc/pipe.ts';
import { ANSWER_BYTES, RPC_METHODS } from '@sd/core/rpc/protocol.ts';
import { RpcError, fromWire } from './errors.ts';
import type { EventListener } from './events.ts';

export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** Called with the result before any message that came after it. */
  readonly arrived?: (result: unknown) => void;
  /** Without it the connection is of no use: where it is refused, everything ends with that reason. */
  readonly vital?: boolean;
}

interface Pending {
  readonly options: RequestOptions;
  resolve(result: unknown): void;
  reject(error: RpcError): void;
}

interface Answer {
  readonly id?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
  readonly method?: string;
  readonly params?: { readonly subscription: string; readonly cursor: string; readonly event: SequencedEvent };
}

/** Matches answers to requests, and events to listeners. */
export class Wire {
  readonly closed: Promise<RpcError | undefined>;
  /** By subscription. */
  readonly listeners = new Map<string, EventListener>();
  readonly #pipe: Pipe;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  /** Why nothing can be asked any more. */
  #over: RpcError | undefined;
  #closing = false;

  constructor(pipe: Pipe) {
    this.#pipe = pipe;
    pipe.limit = ANSWER_BYTES;
    this.closed = new Promise((resolve) =>
      pipe.listen({
        message: (text) => this.#message(text),
        fault: (code, message) => this.fail(new RpcError(code, `the daemon's answer cannot be read: ${message}`)),
        // What a client sends is small, and it waits for answers: nothing to hold back.
        drain: () => {},
        closed: () => {
          this.#end(new RpcError('CONNECTION_CLOSED', 'the connection to the daemon is closed'));
          resolve(this.#closing ? undefined : this.#over);
        },
      }),
    );
  }

  request(method: string, params?: Readonly<Record<string, unknown>>, options: RequestOptions = {}): Promise<unknown> {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      if (this.#over) return reject(this.#over);
      if (signal?.aborted) return reject(new RpcError('CANCELLED', 'cancelled before it was asked'));
      const id = ++this.#lastId;
      const cancel = (): void => this.#send({ method: RPC_METHODS.cancel, params: { id } });
      const settle = (): void => signal?.removeEventListener('abort', cancel);
      this.#pending.set(id, {
        options,
        resolve: (result) => (settle(), resolve(result)),
        reject: (error) => (settle(), reject(error)),
      });
      signal?.addEventListener('abort', cancel, { once: true });
      this.#send({ id, method, ...(params ? { params } : {}) });
    });
  }

  /** Ends everything with one reason. */
  fail(reason: RpcError): void {
    this.#end(reason);
    this.#pipe.destroy();
  }

  close(): void {
    this.#closing = true;
    this.#pipe.close();
  }

  #send(message: Readonly<Record<string, unknown>>): void {
    this.#pipe.send(JSON.stringify({ jsonrpc: '2.0', ...message }));
  }

  #message(text: string): void {
    let answer: Answer;
    try {
      answer = JSON.parse(text) as Answer;
    } catch {
      return this.fail(new RpcError('PARSE_ERROR', 'the daemon sent something that is not JSON'));
    }
    if (answer.method === RPC_METHODS.event && answer.params) {
      this.listeners.get(answer.params.subscription)?.(answer.params.event, answer.params.cursor);
    } else if (typeof answer.id === 'number') {
      this.#answered(answer.id, answer);
    } else if (answer.error !== undefined) {
      // Without an id it is about the connection as a whole.
      this.fail(fromWire(answer.error));
    }
  }

  #answered(id: number, answer: Answer): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#pending.delete(id);
    if (answer.error !== undefined) {
      const error = fromWire(answer.error);
      pending.reject(error);
      if (pending.options.vital) this.fail(error);
      return;
    }
    pending.options.arrived?.(answer.result);
    pending.resolve(answer.result);
  }

  #end(reason: RpcError): void {
    this.#over ??= reason;
    for (const pending of this.#pending.values()) pending.reject(this.#over);
    this.#pending.clear();
    this.listeners.clear();
  }
}
