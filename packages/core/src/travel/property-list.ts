import { SdError } from '../errors.ts';

/**
 * The little of Apple's binary property lists that tags of the Finder need: one array of strings. Anything else in one
 * is refused.
 */
const MAGIC = 'bplist00';
const TRAILER_BYTES = 32;
const ARRAY = 0xa0;
const ASCII = 0x50;
const UTF16 = 0x60;
const INTEGER = 0x10;
/** A count of 15 says that the count follows as an integer. */
const LONG = 0x0f;
const MOST_STRINGS = 10_000;

/** Throws `CORRUPT`. */
export function readStringList(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < MAGIC.length + TRAILER_BYTES || latin(bytes.subarray(0, MAGIC.length)) !== MAGIC) throw corrupt();
  const trailer = bytes.length - TRAILER_BYTES;
  const offsetBytes = view.getUint8(trailer + 6);
  const referenceBytes = view.getUint8(trailer + 7);
  const number = (at: number, size: number): number => {
    if (size < 1 || size > 8 || at < 0 || at + size > bytes.length) throw corrupt();
    let value = 0;
    for (let byte = 0; byte < size; byte++) value = value * 256 + view.getUint8(at + byte);
    if (!Number.isSafeInteger(value)) throw corrupt();
    return value;
  };
  const table = number(trailer + 24, 8);
  const objectAt = (index: number): number => number(table + index * offsetBytes, offsetBytes);
  const header = (at: number, kind: number): { count: number; from: number } => {
    const marker = number(at, 1);
    if ((marker & 0xf0) !== kind) throw corrupt();
    const short = marker & LONG;
    if (short !== LONG) return { count: short, from: at + 1 };
    const size = 2 ** (number(at + 1, 1) & LONG);
    return { count: number(at + 2, size), from: at + 2 + size };
  };
  const string = (at: number): string => {
    const wide = (number(at, 1) & 0xf0) === UTF16;
    const { count, from } = header(at, wide ? UTF16 : ASCII);
    if (from + count * (wide ? 2 : 1) > bytes.length) throw corrupt();
    if (!wide) return latin(bytes.subarray(from, from + count));
    return Array.from({ length: count }, (_, unit) => String.fromCharCode(view.getUint16(from + unit * 2))).join('');
  };
  const { count, from } = header(objectAt(number(trailer + 16, 8)), ARRAY);
  if (count > MOST_STRINGS) throw corrupt();
  return Array.from({ length: count }, (_, at) => string(objectAt(number(from + at * referenceBytes, referenceBytes))));
}

export function writeStringList(strings: readonly string[]): Uint8Array {
  const body: number[] = [...MAGIC].map((letter) => letter.charCodeAt(0));
  const offsets: number[] = [];
  const begin = (kind: number, count: number): void => {
    offsets.push(body.length);
    if (count < LONG) body.push(kind | count);
    else body.push(kind | LONG, INTEGER | 2, ...bigEndian(count, 4));
  };
  begin(ARRAY, strings.length);
  for (let index = 1; index <= strings.length; index++) body.push(...bigEndian(index, 2));
  for (const text of strings) {
    // oxlint-disable-next-line no-control-regex
    const plain = /^[\u0000-\u007f]*$/.test(text);
    begin(plain ? ASCII : UTF16, text.length);
    for (let unit = 0; unit < text.length; unit++) body.push(...bigEndian(text.charCodeAt(unit), plain ? 1 : 2));
  }
  const table = body.length;
  for (const offset of offsets) body.push(...bigEndian(offset, 4));
  body.push(0, 0, 0, 0, 0, 0, 4, 2, ...bigEndian(offsets.length, 8), ...bigEndian(0, 8), ...bigEndian(table, 8));
  return Uint8Array.from(body);
}

function bigEndian(value: number, size: number): number[] {
  return Array.from({ length: size }, (_, at) => Math.floor(value / 256 ** (size - 1 - at)) % 256);
}

function latin(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function corrupt(): SdError {
  return new SdError('CORRUPT', 'the tags the Finder keeps cannot be read');
}
