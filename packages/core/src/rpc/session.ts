import type { Session } from '../context.ts';
import { SdError, asSdError } from '../errors.ts';
import { answerBatch } from './batch.ts';
import { type Access, Control } from './control.ts';
import type { RpcHost } from './host.ts';
import { type Incoming, type Malformed, type Request, errorText, readMessage, resultText } from './message.ts';
import { discover } from './openrpc.ts';
import { Outbox } from './outbox.ts';
import type { Pipe, PipeFault, PipeListener } from './pipe.ts';
import { LIMITS, RPC_METHODS } from './protocol.ts';
import { Requests } from './requests.ts';

type Answer = (text: string | undefined) => void;

/** One connection: authenticate, then handshake, then requests. */
export class RpcSession implements PipeListener {
  readonly id: string;
  /** Resolves when the pipe has closed and nothing of this session runs any more. */
  readonly ended: Promise<void>;
  readonly #host: RpcHost;
  readonly #pipe: Pipe;
  readonly #outbox: Outbox;
  readonly #requests: Requests;
  readonly #control: Control;
  readonly #cancelDeadline: () => void;
  #resolveEnded: () => void = () => {};
  #stopping = false;
  #closed = false;

  constructor(host: RpcHost, pipe: Pipe, access: Access) {
    this.id = host.newId();
    this.#host = host;
    this.#pipe = pipe;
    this.ended = new Promise((resolve) => (this.#resolveEnded = resolve));
    this.#outbox = new Outbox(pipe, host.clock, {
      room: () => this.#room(),
      stalled: () => this.#giveUp('the client fetches nothing'),
    });
    this.#requests = new Requests(host.clock, () => !this.#outbox.blocked);
    this.#control = new Control(host, this.id, access, {
      cancel: (id) => this.#requests.cancel(id),
      blocked: () => this.#outbox.blocked,
      send: (text) => this.#outbox.send(text),
      overrun: () => this.#giveUp('the client is too far behind the events'),
      ready: () => this.#ready(),
    });
    this.#cancelDeadline =
      'trusted' in access ? () => {} : host.clock.after(LIMITS.handshakeMs, () => this.#giveUp('no handshake in time'));
    pipe.limit = LIMITS.messageBytesBefore;
    pipe.listen(this);
  }

  message(text: string): void {
    if (this.#closed) return;
    let incoming: Incoming;
    try {
      incoming = readMessage(text);
    } catch (error) {
      return this.#refuse(asSdError(error));
    }
    if (incoming.batch && !this.#control.session)
      return this.#refuse(new SdError('UNAUTHENTICATED', 'no batches before the handshake'));
    const send: Answer = (answer) => {
      if (answer !== undefined && !this.#closed) this.#outbox.send(answer);
      // What was subscribed to flows after the answer that names the subscription.
      this.#control.flush();
    };
    const [first] = incoming.items;
    if (incoming.batch) answerBatch(incoming.items, (item, answer) => this.#take(item, answer), send);
    else if (first) this.#take(first, send);
  }

  fault(code: PipeFault, message: string): void {
    this.#refuse(new SdError(code, message));
    this.#end();
  }

  drain(): void {
    this.#outbox.drained();
  }

  closed(): void {
    this.#closed = true;
    this.#cancelDeadline();
    this.#outbox.close();
    this.#control.close();
    this.#requests.abandon(new SdError('CANCELLED', 'the client is gone'));
    void this.#requests.idle().then(this.#resolveEnded);
  }

  /** Takes no new requests, ends those that only read, answers the others, then closes. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#requests.abandon(stopping());
    await this.#requests.idle();
    this.#end();
    await this.ended;
  }

  /** Closes at once. */
  destroy(): void {
    this.#pipe.destroy();
  }

  #take(item: Request | Malformed, answer: Answer): void {
    if ('error' in item) {
      answer(errorText(item.id, item.error));
      return this.#closeUnlessAuthenticated();
    }
    if (this.#control.handles(item.method)) {
      answer(this.#controlAnswer(item));
      return this.#closeUnlessAuthenticated();
    }
    const session = this.#control.session;
    if (!session) {
      answer(errorText(item.id ?? null, this.#control.notYet()));
      return this.#closeUnlessAuthenticated();
    }
    this.#request(item, session, answer);
  }

  #controlAnswer({ id, method, params }: Request): string | undefined {
    try {
      const result = this.#control.call(method, params);
      return id === undefined ? undefined : resultText(id, result);
    } catch (error) {
      return this.#failure(id, method, error);
    }
  }

  #request({ id, method, params }: Request, session: Session, answer: Answer): void {
    try {
      if (this.#stopping) throw stopping();
      this.#requests.add({
        id,
        outlivesClient: method.startsWith('action:'),
        run: (signal) =>
          method === RPC_METHODS.discover
            ? discover(this.#host)
            : this.#host.dispatcher.call({ method, params, session, signal }),
        done: (result) => answer(this.#success(id, method, result)),
        failed: (error) => answer(this.#failure(id, method, error)),
      });
    } catch (error) {
      answer(this.#failure(id, method, error));
    }
  }

  #success(id: Request['id'], method: string, result: unknown): string | undefined {
    if (id === undefined) return undefined;
    try {
      return resultText(id, result);
    } catch (error) {
      return this.#failure(id, method, error);
    }
  }

  /** The error as the client may see it. What stands behind an `INTERNAL` is for the log. */
  #failure(id: Request['id'], method: string, error: unknown): string | undefined {
    const known = asSdError(error);
    if (known.code === 'INTERNAL')
      this.#host.log.error('a request failed', { session: this.id, method, error: known.cause ?? known });
    return id === undefined ? undefined : errorText(id, known);
  }

  /** A message of which nothing can be answered by itself. */
  #refuse(error: SdError): void {
    this.#outbox.send(errorText(null, error));
    this.#closeUnlessAuthenticated();
  }

  #ready(): void {
    this.#cancelDeadline();
    this.#pipe.limit = LIMITS.messageBytes;
  }

  #room(): void {
    this.#control.flush();
    this.#requests.pump();
  }

  #closeUnlessAuthenticated(): void {
    if (!this.#control.authenticated) this.#end();
  }

  #giveUp(reason: string): void {
    this.#host.log.warn('connection given up', {
      session: this.id,
      client: this.#control.session?.client,
      reason,
      waiting_bytes: this.#pipe.buffered,
    });
    this.#pipe.destroy();
  }

  #end(): void {
    this.#closed = true;
    this.#pipe.close();
  }
}

function stopping(): SdError {
  return new SdError('SHUTTING_DOWN', 'the daemon is stopping');
}
