import type { z } from 'zod';
import type { Session } from '../context.ts';
import { inputProblem } from '../domain/input-problem.ts';
import { SdError } from '../errors.ts';
import { PERMISSIONS, type Permission } from '../operation.ts';
import type { RpcHost } from './host.ts';
import type { RequestId } from './message.ts';
import { authenticateInput, cancelInput, handshakeInput, subscribeInput, unsubscribeInput } from './methods.ts';
import { type Handshake, PROTOCOL_VERSION, RPC_METHODS } from './protocol.ts';
import { sameSecret } from './same-secret.ts';
import { Subscriptions } from './subscriptions.ts';

/** How a connection proves who it is: by the token, or by being made inside the process. */
export type Access = ({ readonly token: string } | { readonly trusted: true }) & {
  /** The most it may be allowed; everything, if left out. */
  readonly permissions?: readonly Permission[];
  /** Name of the extension that the connection was made for. */
  readonly extension?: string;
};

/** What the methods of the connection do to their session. */
export interface ControlActions {
  cancel(id: RequestId): boolean;
  blocked(): boolean;
  send(text: string): void;
  overrun(): void;
  /** The handshake is done. */
  ready(): void;
}

/** The `rpc.*` methods that answer at once and in order, and what the connection has proved so far. */
export class Control {
  authenticated: boolean;
  /** Set by the handshake. */
  session: Session | undefined;
  readonly #host: RpcHost;
  readonly #id: string;
  readonly #access: Access;
  readonly #actions: ControlActions;
  #subscriptions: Subscriptions | undefined;

  constructor(host: RpcHost, id: string, access: Access, actions: ControlActions) {
    this.#host = host;
    this.#id = id;
    this.#access = access;
    this.#actions = actions;
    this.authenticated = 'trusted' in access;
  }

  handles(method: string): boolean {
    return method.startsWith('rpc.') && method !== RPC_METHODS.discover;
  }

  call(method: string, params: unknown): unknown {
    if (method === RPC_METHODS.authenticate) return this.#authenticate(params);
    if (!this.authenticated) throw this.notYet();
    if (method === RPC_METHODS.handshake) return this.#handshake(params);
    if (!this.session || !this.#subscriptions) throw this.notYet();
    switch (method) {
      case RPC_METHODS.ping:
        return {};
      case RPC_METHODS.cancel:
        return { cancelled: this.#actions.cancel(read(cancelInput, params).id) };
      case RPC_METHODS.subscribe:
        return this.#subscriptions.subscribe(read(subscribeInput, params));
      case RPC_METHODS.unsubscribe:
        this.#subscriptions.unsubscribe(read(unsubscribeInput, params).subscription);
        return {};
      default:
        throw new SdError('METHOD_NOT_FOUND', `there is no method ${JSON.stringify(method)}`);
    }
  }

  /** What to answer to a request that comes too early. */
  notYet(): SdError {
    return this.authenticated
      ? new SdError('INVALID_REQUEST', `the handshake comes first`, { way_out: `call ${RPC_METHODS.handshake}` })
      : new SdError('UNAUTHENTICATED', 'authenticate first', {
          way_out: `call ${RPC_METHODS.authenticate} with the token of the data folder`,
        });
  }

  /** Sends the events that wait. */
  flush(): void {
    this.#subscriptions?.flush();
  }

  close(): void {
    this.#subscriptions?.close();
  }

  #authenticate(params: unknown): { authenticated: true } {
    if (this.authenticated) throw new SdError('INVALID_REQUEST', 'this connection is authenticated already');
    const { token } = read(authenticateInput, params);
    if (!('token' in this.#access) || !sameSecret(token, this.#access.token)) {
      this.#host.log.warn('a connection gave a wrong token', { session: this.#id });
      throw new SdError('UNAUTHENTICATED', 'the token is not the one of this data folder', {
        way_out: 'read it again: the file `token` in the data folder',
      });
    }
    this.authenticated = true;
    return { authenticated: true };
  }

  #handshake(params: unknown): Handshake {
    if (this.session) throw new SdError('INVALID_REQUEST', 'the handshake was done already');
    const { protocol, client, permissions: wanted } = read(handshakeInput, params);
    if (protocol !== PROTOCOL_VERSION) {
      const way_out =
        protocol > PROTOCOL_VERSION
          ? 'the daemon is older: restart it from this version'
          : 'the client is older: update it';
      throw new SdError(
        'UNSUPPORTED_PROTOCOL',
        `the client speaks protocol ${protocol}, the daemon ${PROTOCOL_VERSION}`,
        { supported: [PROTOCOL_VERSION], version: this.#host.version, way_out },
      );
    }
    const open = this.#access.permissions ?? PERMISSIONS;
    const permissions = new Set(open.filter((permission) => wanted?.includes(permission) ?? true));
    const { extension } = this.#access;
    this.session = { id: this.#id, client, permissions, ...(extension === undefined ? {} : { extension }) };
    const { blocked, send, overrun } = this.#actions;
    this.#subscriptions = new Subscriptions({ host: this.#host, permissions, blocked, send, overrun });
    this.#actions.ready();
    const { id, name, slug } = this.#host.device;
    return {
      protocol: PROTOCOL_VERSION,
      version: this.#host.version,
      session: this.#id,
      permissions: [...permissions],
      device: { id, name, slug },
    };
  }
}

function read<T extends z.ZodType>(schema: T, params: unknown): z.output<T> {
  const parsed = schema.safeParse(params ?? {}, { error: inputProblem });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  throw new SdError('INVALID_INPUT', issues.map(({ path, message }) => `${path || 'params'}: ${message}`).join('; '), {
    issues,
  });
}
