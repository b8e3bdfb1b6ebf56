/** The error codes a client may see, each with its number on the wire and what it means. The list is the documentation. */
export const ERRORS = {
  PARSE_ERROR: [-32700, 'the message is not JSON'],
  INVALID_REQUEST: [-32600, 'the message is not a JSON-RPC 2.0 request'],
  METHOD_NOT_FOUND: [-32601, 'there is no such method'],
  INVALID_INPUT: [-32602, 'the parameters are not what the method takes'],
  INTERNAL: [-32603, 'a fault of ours; the log has it'],
  UNAUTHENTICATED: [-32001, 'authenticate first, with the token of the data folder'],
  FORBIDDEN: [-32002, 'this session lacks a permission'],
  UNSUPPORTED_PROTOCOL: [-32003, 'client and daemon speak different protocol versions'],
  TOO_LARGE: [-32004, 'a message, a nesting or a batch is over its limit'],
  TOO_MANY_REQUESTS: [-32005, 'too many requests in flight on this connection'],
  CANCELLED: [-32006, 'cancelled on request'],
  SHUTTING_DOWN: [-32007, 'the daemon is stopping'],
  NOT_FOUND: [-32010, 'what was named does not exist'],
  ALREADY_EXISTS: [-32011, 'there is one already'],
  CONFLICT: [-32012, 'the state it is in does not allow this'],
  PLAN_STALE: [-32013, 'what the plan was made from has changed; preview again'],
  PLAN_NOT_FOUND: [-32014, 'no such plan, or it has expired; preview again'],
  CONFIRMATION_NEEDED: [-32015, 'this needs a preview or a confirmation first'],
  CURSOR_STALE: [-32016, 'the cursor is of another query or too old; start from the first page'],
  NOT_READABLE: [-32020, 'the system does not let us read it'],
  NOT_WRITABLE: [-32021, 'the system does not let us write it'],
  NOT_A_FOLDER: [-32022, 'it is not a folder'],
  OFFLINE: [-32023, 'its disk or folder is not there now'],
  DISK_FULL: [-32024, 'no room left on the disk'],
  IO: [-32025, 'the disk answered with an error'],
  LIMIT: [-32026, 'a limit of the system is reached'],
  CHANGED_SINCE: [-32029, 'what it would undo has been changed since'],
  CROSSES_VOLUME: [-32028, 'it lies on another file system'],
  UNAVAILABLE: [-32027, 'this machine or platform cannot do it'],
  LIBRARY_CLOSED: [-32030, 'the library is closed'],
  LIBRARY_LOCKED: [-32031, 'the library is locked: it needs its passphrase'],
  LIBRARY_IN_USE: [-32032, 'another process has the library open'],
  WRONG_KEY: [-32033, 'the key or the passphrase does not fit'],
  NEWER_FORMAT: [-32034, 'made by a newer version; update first'],
  CORRUPT: [-32035, 'the database is damaged'],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof ERRORS;

/**
 * The one error class. `message` is for people: what happened, to what. `data.way_out`, where there is one, is what
 * they can do. `cause` stays in the log and never goes over the wire.
 */
export class SdError extends Error {
  readonly code: ErrorCode;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, data: Record<string, unknown> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SdError';
    this.code = code;
    this.data = data;
  }

  /** The error object of JSON-RPC 2.0. */
  toJSON(): { code: number; message: string; data: Record<string, unknown> } {
    return { code: ERRORS[this.code][0], message: this.message, data: { ...this.data, code: this.code } };
  }
}

/** Everything undeclared becomes `INTERNAL`; the caller logs the cause. */
export function asSdError(error: unknown): SdError {
  return error instanceof SdError ? error : new SdError('INTERNAL', ERRORS.INTERNAL[1], {}, error);
}

/** Codes keep their meaning across a thread boundary, where classes do not. */
export interface PlainError {
  code: ErrorCode;
  message: string;
  data: Record<string, unknown>;
  stack?: string;
}
export function toPlainError(error: unknown): PlainError {
  const known = asSdError(error);
  const cause = known.cause instanceof Error ? known.cause : known;
  return {
    code: known.code,
    message: known.message,
    data: { ...known.data },
    ...(cause.stack ? { stack: cause.stack } : {}),
  };
}
export function fromPlainError(plain: PlainError): SdError {
  return new SdError(plain.code, plain.message, plain.data, plain.stack);
}
