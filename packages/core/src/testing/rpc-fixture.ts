import { z } from 'zod';
import type { ReadContext } from '../context.ts';
import { type DispatchServices, Dispatcher } from '../dispatcher.ts';
import { SdError } from '../errors.ts';
import { EventBus } from '../events.ts';
import { action, observed, query } from '../operation.ts';
import type { Log } from '../ports/log.ts';
import type { Access } from '../rpc/control.ts';
import type { RpcHost } from '../rpc/host.ts';
import type { Pipe } from '../rpc/pipe.ts';
import { PROTOCOL_VERSION } from '../rpc/protocol.ts';
import { RpcServer } from '../rpc/server.ts';
import { ManualClock } from './manual-clock.ts';

export const TOKEN = 'f'.repeat(64);

/** A message as it came, looked into without ceremony. */
// oxlint-disable-next-line typescript/no-explicit-any -- a test reads whatever the wire says
export type Message = any;

/** An RPC server with a few operations that tests steer, the real dispatcher, and a clock that stands still. */
export class RpcFixture {
  readonly clock = new ManualClock();
  readonly events = new EventBus('epoch-1', () => this.clock.now());
  readonly logged: { level: string; message: string; facts: Record<string, unknown> | undefined }[] = [];
  /** Calls of `query:test.wait` and `action:test.wait` that have begun, by tag. */
  readonly begun: string[] = [];
  readonly #gates = new Map<string, () => void>();
  readonly host: RpcHost;
  readonly server: RpcServer;

  constructor() {
    let ids = 0;
    const operations = this.#operations();
    const newId = (): string => `id-${++ids}`;
    const log = this.#log();
    const services: DispatchServices = {
      newId,
      clock: this.clock,
      library: () => undefined,
      readContext: (call) =>
        ({ checkCancelled: () => call.signal.throwIfAborted(), signal: call.signal }) as unknown as ReadContext,
      actionContext: (call) => ({ signal: call.signal }) as never,
      runInReader: () => Promise.reject(new Error('no readers here')),
      journal: { ended: async () => {}, verified: async () => {}, receipt: () => undefined },
    };
    this.host = {
      dispatcher: new Dispatcher(operations, services),
      operations,
      events: this.events,
      clock: this.clock,
      log,
      newId,
      version: '1.2.3',
      device: { id: 'device-1', name: 'Test', slug: 'test' },
      libraryId: (name) =>
        name === 'Photos' || name === 'library-1' ? 'library-1' : refuse('NOT_FOUND', `no library ${name}`),
      nativePath: (text) => (text.startsWith('/') ? text : refuse('INVALID_INPUT', `${text} is no path`)),
    };
    this.server = new RpcServer(this.host);
  }

  /** Lets the waiting call of that tag go on. */
  open(tag: string): void {
    this.#gates.get(tag)?.();
  }

  connect(access: Access = { token: TOKEN }): RawClient {
    return new RawClient(this.server.connect(access));
  }

  /** A connection that is through with token and handshake. */
  async ready(permissions?: readonly string[], access: Access = { token: TOKEN }): Promise<RawClient> {
    const client = this.connect(access);
    if ('token' in access) await client.call('rpc.authenticate', { token: TOKEN });
    await client.call('rpc.handshake', {
      protocol: PROTOCOL_VERSION,
      client: 'test 1',
      ...(permissions ? { permissions } : {}),
    });
    return client;
  }

  #operations() {
    const wait = async (tag: string, signal: AbortSignal): Promise<{ tag: string }> => {
      this.begun.push(tag);
      await new Promise<void>((resolve, reject) => {
        this.#gates.set(tag, resolve);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      return { tag };
    };
    const input = z.strictObject({ tag: z.string() });
    return [
      query({
        summary: 'Answers what it got',
        name: 'test.echo',
        scope: 'core',
        input: z.strictObject({ value: z.unknown() }),
        output: z.object({ value: z.unknown() }),
        errors: [],
        permissions: ['core.read'],
        run: (_, { value }) => ({ value }),
      }),
      query({
        summary: 'Waits until it is let go',
        name: 'test.wait',
        scope: 'core',
        input,
        output: input,
        errors: ['CANCELLED'],
        permissions: ['core.read'],
        run: (context, { tag }) => wait(tag, (context as unknown as { signal: AbortSignal }).signal),
      }),
      query({
        summary: 'Fails',
        name: 'test.fail',
        scope: 'core',
        input: z.strictObject({}),
        output: z.object({}),
        errors: [],
        permissions: [],
        run: () => {
          throw new Error('the secret is 1234');
        },
      }),
      action({
        summary: 'Waits until it is let go, for good',
        name: 'test.wait_on',
        scope: 'core',
        input,
        output: input,
        errors: [],
        permissions: ['core.manage'],
        preview: (_, { tag }) => ({
          plan: { summary: `waits for ${tag}`, steps: [], conflicts: [], warnings: [] },
          basis: {},
        }),
        commit: (context, { tag }) => wait(tag, context.signal),
        verify: () => observed(['waited', true, true]),
      }),
    ];
  }

  #log(): Log {
    const at = (level: string) => (message: string, facts?: Record<string, unknown>) =>
      void this.logged.push({ level, message, facts });
    const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), child: () => log };
    return log;
  }
}

function refuse(code: 'NOT_FOUND' | 'INVALID_INPUT', message: string): never {
  throw new SdError(code, message);
}

/** A client that says exactly what it is told, and hands over what comes, in order. */
export class RawClient {
  readonly pipe: Pipe;
  readonly closed: Promise<void>;
  readonly received: Message[] = [];
  readonly #waiting: ((message: Message) => void)[] = [];
  #lastId = 0;

  constructor(pipe: Pipe) {
    this.pipe = pipe;
    this.closed = new Promise((resolve) =>
      pipe.listen({
        message: (text) => this.#take(JSON.parse(text)),
        fault: (_, message) => this.#take({ fault: message }),
        drain: () => {},
        closed: resolve,
      }),
    );
  }

  send(message: Message): void {
    this.pipe.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Sends a request, answers its id. */
  request(method: string, params?: Message, id: string | number = ++this.#lastId): string | number {
    this.send({ jsonrpc: '2.0', id, method, params });
    return id;
  }

  /** Sends a request; the next message is its answer. */
  async call(method: string, params?: Message): Promise<Message> {
    this.request(method, params);
    return this.next();
  }

  next(): Promise<Message> {
    const message = this.received.shift();
    return message === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(message);
  }

  #take(message: Message): void {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(message);
    else this.received.push(message);
  }
}
