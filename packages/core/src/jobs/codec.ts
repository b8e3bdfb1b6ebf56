import { decode, encode } from '@msgpack/msgpack';

/** What jobs store, as MessagePack. A field that is `undefined` is left out, so that it is absent when read again. */
export function pack(value: unknown): Uint8Array {
  return encode(value, { ignoreUndefined: true });
}
export function unpack(bytes: Uint8Array): unknown {
  return decode(bytes);
}

/** The same text for equal inputs, whatever the order of their fields. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
