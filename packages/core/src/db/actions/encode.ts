import { Encoder } from '@msgpack/msgpack';

/** One for all: each has a buffer of its own, and making that costs six times what encoding an outcome does. */
const encoder = new Encoder();

export function encode(value: unknown): Uint8Array {
  return encoder.encode(value);
}
