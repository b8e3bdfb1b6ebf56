import { SdError } from '../errors.ts';
import { RawJson } from '../raw-json.ts';
import { nestsDeeper } from './nesting.ts';
import { LIMITS } from './protocol.ts';

/** Absent in a notification, which gets no answer. */
export type RequestId = string | number | null;

export interface Request {
  readonly id: RequestId | undefined;
  readonly method: string;
  readonly params: unknown;
}

/** A message is one item, or a batch of them; each is a request, or says what is wrong with it. */
export interface Incoming {
  readonly batch: boolean;
  readonly items: readonly (Request | Malformed)[];
}
export interface Malformed {
  readonly id: RequestId;
  readonly error: SdError;
}

/** Reads a message. Throws `PARSE_ERROR`, `TOO_LARGE`, `INVALID_REQUEST` where none of it can be answered by itself. */
export function readMessage(text: string): Incoming {
  if (nestsDeeper(text, LIMITS.nesting))
    throw new SdError('TOO_LARGE', `a message may be nested ${LIMITS.nesting} deep`, { limit: LIMITS.nesting });
  const value = parseJson(text);
  if (!Array.isArray(value)) return { batch: false, items: [readItem(value)] };
  if (value.length === 0) throw new SdError('INVALID_REQUEST', 'a batch has at least one request');
  if (value.length > LIMITS.batch)
    throw new SdError('TOO_LARGE', `a batch may have ${LIMITS.batch} requests`, { limit: LIMITS.batch });
  return { batch: true, items: value.map(readItem) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SdError('PARSE_ERROR', `the message is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
}

function readItem(value: unknown): Request | Malformed {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return malformed(null, 'a request is an object');
  const { jsonrpc, id, method, params } = value as Record<string, unknown>;
  if (id !== undefined && !isId(id)) return malformed(null, 'an id is a text of up to 128 characters, or a number');
  const answerTo = id ?? null;
  if (jsonrpc !== '2.0') return malformed(answerTo, '"jsonrpc" must be "2.0"');
  if (typeof method !== 'string' || method.length > 128)
    return malformed(answerTo, '"method" is a text of up to 128 characters');
  if (params !== undefined && (typeof params !== 'object' || params === null))
    return malformed(answerTo, '"params" is an object');
  return { id, method, params };
}

function isId(value: unknown): value is RequestId {
  return (
    value === null ||
    (typeof value === 'string' && value.length <= 128) ||
    (typeof value === 'number' && Number.isFinite(value))
  );
}

function malformed(id: RequestId, message: string): Malformed {
  return { id, error: new SdError('INVALID_REQUEST', message) };
}

export function resultText(id: RequestId, result: unknown): string {
  // JSON has no undefined, and an answer without `result` would be no answer.
  return `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result instanceof RawJson ? result.text : (JSON.stringify(result) ?? 'null')}}`;
}
export function errorText(id: RequestId, error: SdError): string {
  return `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"error":${JSON.stringify(error)}}`;
}
export function notificationText(method: string, params: unknown): string {
  return `{"jsonrpc":"2.0","method":${JSON.stringify(method)},"params":${JSON.stringify(params)}}`;
}
