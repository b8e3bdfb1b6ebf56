import type { ErrorCode } from '@sd/core/errors.ts';

/** What the daemon answers, what this side finds wrong, and codes of a newer daemon. */
export type RpcErrorCode = ErrorCode | 'CONNECTION_CLOSED' | (string & {});

/** A call that did not work out. `message` is for people; `wayOut`, where there is one, is what they can do. */
export class RpcError extends Error {
  readonly code: RpcErrorCode;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: RpcErrorCode, message: string, data: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
    this.data = data;
  }

  get wayOut(): string | undefined {
    const { way_out } = this.data;
    return typeof way_out === 'string' ? way_out : undefined;
  }
}

/** From the error object of an answer. */
export function fromWire(error: unknown): RpcError {
  const { message, data } = (typeof error === 'object' && error !== null ? error : {}) as {
    message?: unknown;
    data?: unknown;
  };
  const { code, ...rest } = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  return new RpcError(
    typeof code === 'string' ? code : 'INTERNAL',
    typeof message === 'string' ? message : 'the daemon answered with an error',
    rest,
  );
}
