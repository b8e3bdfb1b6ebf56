import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode, SdError } from '@sd/core/errors.ts';

/** What an error is in HTTP; what is not listed is the server's fault. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_READABLE: 403,
  NOT_FOUND: 404,
  METHOD_NOT_FOUND: 404,
  NOT_A_FOLDER: 404,
  LIBRARY_CLOSED: 409,
  LIBRARY_LOCKED: 423,
  OFFLINE: 503,
  LIMIT: 503,
  SHUTTING_DOWN: 503,
};

/** An error as JSON: the same `code`, `message` and `data` as over JSON-RPC, without its number. */
export function answerError(request: IncomingMessage, response: ServerResponse, error: SdError): void {
  const { code, way_out, ...data } = error.toJSON().data;
  const body = JSON.stringify({ error: { code, message: error.message, ...data, ...(way_out ? { way_out } : {}) } });
  response.writeHead(STATUS[error.code] ?? 500, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...(error.code === 'UNAUTHENTICATED' ? { 'www-authenticate': 'Bearer' } : {}),
    ...(error.code === 'LIMIT' ? { 'retry-after': '1' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Ends a request without a body. */
export function answerStatus(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-length': '0', ...headers }).end();
}

/** Whether the client has this already (`If-None-Match`, weak comparison as RFC 9110 asks). */
export function isKnown({ headers }: IncomingMessage, etag: string): boolean {
  const known = headers['if-none-match'];
  if (known === undefined) return false;
  return known.trim() === '*' || known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}
