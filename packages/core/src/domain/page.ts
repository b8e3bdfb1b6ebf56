import { z } from 'zod';

const MOST_PER_PAGE = 1000;

/** The input fields of every paged query. */
export const pageInput = {
  limit: z.int().min(1).max(MOST_PER_PAGE).default(100),
  cursor: z.string().min(1).max(8192).optional().describe('next_cursor of the page before'),
};

/**
 * Cursors name a place in an order, not a number of rows, so that what comes and goes between two pages moves nothing:
 * the values of the last row by which the query sorts, bound to the query they belong to.
 */
export type CursorValue = string | number;

/** An opaque text for "after the row with these values", good for the query of that fingerprint only. */
export function encodeCursor(fingerprint: string, values: readonly CursorValue[]): string {
  return base64url(new TextEncoder().encode(JSON.stringify([fingerprint, ...values])));
}

/** The values of a cursor; `undefined` (the caller's `CURSOR_STALE`) where it is of another query or no cursor. */
export function decodeCursor<S extends z.ZodType>(
  cursor: string,
  fingerprint: string,
  schema: S,
): z.output<S> | undefined {
  const bytes = fromBase64url(cursor);
  if (!bytes) return undefined;
  try {
    const [made, ...values] = JSON.parse(new TextDecoder().decode(bytes)) as unknown[];
    return made === fingerprint ? schema.safeParse(values).data : undefined;
  } catch {
    return undefined;
  }
}

/** A short digest of what makes a query this query: everything but `limit` and `cursor`. */
export function fingerprintOf(query: unknown): string {
  const text = JSON.stringify(query, (_, value: unknown) =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
  let [low, high] = [0x811c9dc5, 0x9747b28c];
  for (let at = 0; at < text.length; at++) {
    low = Math.imul(low ^ text.charCodeAt(at), 0x01000193);
    high = Math.imul(high ^ text.charCodeAt(at), 0x5bd1e995) ^ (low >>> 15);
  }
  return (low >>> 0).toString(36) + (high >>> 0).toString(36);
}
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function base64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    const digits = [18, 12, 6, 0].slice(0, Math.min(3, bytes.length - at) + 1);
    for (const shift of digits) text += DIGITS[(bits >>> shift) & 63];
  }
  return text;
}

function fromBase64url(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [bits, held, length] = [0, 0, 0];
  for (const character of text) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) return undefined;
    bits = ((bits << 6) | digit) & 0xffff;
    held += 6;
    if (held >= 8) bytes[length++] = (bits >>> (held -= 8)) & 0xff;
  }
  return bytes;
}
