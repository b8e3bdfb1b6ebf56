import { z } from 'zod';

/** A UUID as it goes over the wire: lower-case text. */
export const uuidSchema = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a UUID in lower-case text');

/** Makes UUIDs of version 7 (RFC 9562): each sorts after the one before, whatever the wall clock does. */
export interface IdSource {
  /** 16 bytes, as ids are at rest. */
  bytes(): Uint8Array;
  text(): string;
}

const COUNTER_LIMIT = 2 ** 32;
const POOL_BYTES = 4096;

/**
 * An id is 48 bits of milliseconds, 32 of a counter that starts anywhere in its lower half each millisecond, and 42
 * random ones. Two threads need a source each; their ids do not collide.
 */
export function idSource(clock: { now(): number }, random: { bytes(length: number): Uint8Array }): IdSource {
  let lastMs = 0;
  let counter = 0;
  let pool: Uint8Array = new Uint8Array(0);
  let taken = 0;

  const randomBytes = (length: number): Uint8Array => {
    if (taken + length > pool.length) [pool, taken] = [random.bytes(POOL_BYTES), 0];
    taken += length;
    return pool.subarray(taken - length, taken);
  };
  const tick = (now: number): void => {
    if (now > lastMs || counter + 1 === COUNTER_LIMIT) {
      lastMs = Math.max(now, lastMs + 1);
      const [a = 0, b = 0, c = 0, d = 0] = randomBytes(4);
      counter = (a & 0x7f) * 2 ** 24 + (b << 16) + (c << 8) + d;
    } else counter++;
  };
  const bytes = (): Uint8Array => {
    tick(Math.floor(clock.now()));
    const id = new Uint8Array(16);
    const view = new DataView(id.buffer);
    view.setUint16(0, Math.floor(lastMs / 2 ** 32));
    view.setUint32(2, lastMs >>> 0);
    // 12 bits of the counter beside the version, 14 beside the variant, 6 in the byte that follows.
    view.setUint16(6, 0x7000 | Math.floor(counter / 2 ** 20));
    view.setUint16(8, 0x8000 | ((counter >>> 6) & 0x3fff));
    id.set(randomBytes(6), 10);
    id[10] = ((counter & 0x3f) << 2) | ((id[10] ?? 0) & 0x03);
    return id;
  };
  return { bytes, text: () => uuidToText(bytes()) };
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** `undefined` where the text is not pairs of hexadecimal digits. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(at * 2, at * 2 + 2), 16));
}

/** 16 bytes as lower-case text with dashes. */
export function uuidToText(bytes: Uint8Array): string {
  return dashed(toHex(bytes));
}

/** A UUID of 32 lower-case hexadecimal digits, as SQL gives it, with its dashes. */
export function dashed(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** The 16 bytes of a UUID in text, any case; `undefined` where it is none. */
export function uuidFromText(text: string): Uint8Array | undefined {
  return uuidSchema.safeParse(text.toLowerCase()).success ? fromHex(text.replaceAll('-', '')) : undefined;
}

/**
 * The UUID of a content, from its 32-byte hash alone, so that two devices agree on it without talking: the first 16
 * bytes with the bits of version 8 (RFC 9562, "custom").
 */
export function contentUuid(hash: Uint8Array): Uint8Array {
  // A copy, also where the hash is Node's Buffer, whose `slice` is a view of the same bytes.
  const id = Uint8Array.from(hash.subarray(0, 16));
  id[6] = 0x80 | ((id[6] ?? 0) & 0x0f);
  id[8] = 0x80 | ((id[8] ?? 0) & 0x3f);
  return id;
}

/** `contentUuid` in text, from the first 32 hexadecimal digits of the hash. */
export function contentUuidText(hex: string): string {
  const variant = '89ab'[Number.parseInt(hex.slice(16, 17), 16) & 3] ?? '8';
  return dashed(`${hex.slice(0, 12)}8${hex.slice(13, 16)}${variant}${hex.slice(17, 32)}`);
}
