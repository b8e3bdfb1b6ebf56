/** What client and daemon must agree on. No schema library here: clients load this file. */

/** Raised when an older client could misunderstand a newer daemon. */
export const PROTOCOL_VERSION = 1;

/** The methods of the connection itself; all others are operations. */
export const RPC_METHODS = {
  authenticate: 'rpc.authenticate',
  handshake: 'rpc.handshake',
  ping: 'rpc.ping',
  cancel: 'rpc.cancel',
  discover: 'rpc.discover',
  subscribe: 'rpc.subscribe',
  unsubscribe: 'rpc.unsubscribe',
  /** From daemon to client: one event of a subscription. */
  event: 'rpc.event',
} as const;

/** The bounds of a connection, each with its reason. `docs/rpc.md` shows them; a test keeps the two equal. */
export const LIMITS = {
  /** Bytes of a message before the handshake is done: a token fits, a heap attack does not. */
  messageBytesBefore: 16 * 1024,
  /** Bytes of a message to the daemon. */
  messageBytes: 4 * 1024 * 1024,
  /** Arrays and objects inside one another, counted before the message is parsed. */
  nesting: 32,
  /** Requests in one batch. */
  batch: 100,
  /** Bytes of the answer to a batch; the answers that do not fit become `TOO_LARGE`. */
  batchAnswerBytes: 32 * 1024 * 1024,
  /** Requests of one connection that wait or run; the next is refused. */
  inFlight: 256,
  /** Of those, how many run at the same time; the others wait their turn. */
  running: 32,
  /** Subscriptions of one connection. */
  subscriptions: 64,
  /** Connections to one daemon. */
  connections: 2048,
  /** Milliseconds from connecting to a finished handshake. */
  handshakeMs: 10_000,
  /** Milliseconds in which a client with data waiting must fetch some of it. */
  stalledMs: 30_000,
} as const;

/** The largest message a client takes from its daemon, in bytes. */
export const ANSWER_BYTES = 64 * 1024 * 1024;

/** What `rpc.handshake` answers. */
export interface Handshake {
  readonly protocol: number;
  /** The daemon's version. */
  readonly version: string;
  /** Names this connection in the daemon's log. */
  readonly session: string;
  /** What was granted of what was asked for. */
  readonly permissions: readonly string[];
  readonly device: { readonly id: string; readonly name: string; readonly slug: string };
}

/** Where a reader of the event stream is: the run of the core, and the last event seen. */
export interface Cursor {
  readonly epoch: string;
  readonly sequence: number;
}
export function formatCursor(cursor: Cursor): string {
  return `${cursor.epoch}:${cursor.sequence}`;
}
/** `undefined` where the text is no cursor. */
export function parseCursor(text: string): Cursor | undefined {
  const match = /^([\w-]{1,64}):(\d{1,16})$/.exec(text);
  return match?.[1] === undefined ? undefined : { epoch: match[1], sequence: Number(match[2]) };
}
