import { decode, encode } from '@msgpack/msgpack';

/** A value of a logged field. */
export type LogValue = string | number | bigint | Uint8Array | null;

/** One row's change: its key and the fields set; `null` says the row is deleted. */
export type LogChange = readonly [key: Uint8Array | string, fields: Readonly<Record<string, LogValue>> | null];

/** The changes of one transaction to one table, as MessagePack. */
export function encodeLog(changes: readonly LogChange[]): Uint8Array {
  return encode(changes, { useBigInt64: true });
}
export function decodeLog(bytes: Uint8Array): LogChange[] {
  return decode(bytes, { useBigInt64: false }) as LogChange[];
}
