/**
 * Hybrid logical clock (Kulkarni et al., "Logical Physical Clocks and Consistent Snapshots in Globally Distributed
 * Databases", 2014): `ms` is the largest wall-clock time seen, `counter` orders what shares it. Pure; whoever owns the
 * state stores it in the transaction that used it.
 */
export interface Hlc {
  /** Milliseconds since the epoch, below 2^48. */
  readonly ms: number;
  /** Below 2^16. */
  readonly counter: number;
}

export const HLC_ZERO: Hlc = { ms: 0, counter: 0 };

/** A peer's stamp further ahead of us than this is refused: one wrong clock must not drag everyone's into the future. */
export const MAX_DRIFT_MS = 5 * 60_000;

const COUNTER_LIMIT = 0xffff;

/** The next stamp for a local event. Never goes back, whatever the wall clock does. */
export function advance(last: Hlc, now: number): Hlc {
  if (now > last.ms) return { ms: now, counter: 0 };
  return last.counter < COUNTER_LIMIT ? { ms: last.ms, counter: last.counter + 1 } : { ms: last.ms + 1, counter: 0 };
}

/** The clock after a peer's stamp was seen; `undefined` where it lies more than `MAX_DRIFT_MS` ahead. */
export function receive(last: Hlc, remote: Hlc, now: number): Hlc | undefined {
  if (remote.ms > now + MAX_DRIFT_MS) return undefined;
  return advance(compareHlc(last, remote) >= 0 ? last : remote, now);
}

export function compareHlc(a: Hlc, b: Hlc): number {
  return a.ms - b.ms || a.counter - b.counter;
}

/** Eight bytes that sort as the clock does: 48 bits of milliseconds, 16 of counter, big-endian. */
export function hlcToBytes({ ms, counter }: Hlc): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(ms / 2 ** 32));
  view.setUint32(2, ms >>> 0);
  view.setUint16(6, counter);
  return bytes;
}
export function hlcFromBytes(bytes: Uint8Array): Hlc {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { ms: view.getUint16(0) * 2 ** 32 + view.getUint32(2), counter: view.getUint16(6) };
}
