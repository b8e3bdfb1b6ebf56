import type { VolumeFacts } from '../domain/volume.ts';
import type { Clock } from '../ports/clock.ts';
import type { VolumeFile, VolumeFiles } from '../ports/mounts.ts';
import type { Random } from '../ports/random.ts';

export type Speed = NonNullable<VolumeFacts['speed']>;

const CHUNK = 4 * 2 ** 20;
/** No two blocks of the file are alike, or a file system that keeps like ones once would seem quicker than it is. */
const BLOCK = 4096;

export interface SpeedTestParts {
  readonly files: VolumeFiles;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  progress(phase: 'write' | 'read', bytes: number): void;
}

/** Name and first bytes of the file of one test: only what has both is ever removed. */
export function testFile(id: string): { name: string; marker: Uint8Array } {
  return { name: `${PREFIX}${id}`, marker: new TextEncoder().encode(`spacedrive speed test ${id}\n`) };
}
const PREFIX = '.sd-speed-test-';

/** The marker of a test's file, by the file's name. */
export function markerOf(name: string): Uint8Array {
  return testFile(name.slice(PREFIX.length)).marker;
}

/**
 * Writes `bytes` to a new file at `path`, waits until they are on the disk, and reads them back. The file is gone
 * afterwards, however it ends. `undefined`: told to stop by the signal.
 */
export async function measureSpeed(
  path: string,
  marker: Uint8Array,
  bytes: number,
  parts: SpeedTestParts,
): Promise<Speed | undefined> {
  const file = await parts.files.create(path);
  try {
    // By itself and first: from here on the file says whose it is, also on a disk that has no room for more.
    await file.write(marker);
    const writing = await writeAll(file, marker.length, bytes, parts);
    const reading = writing === undefined ? undefined : await readAll(file, parts);
    if (writing === undefined || reading === undefined) return undefined;
    return {
      write_mb_s: rate(bytes, writing),
      read_mb_s: rate(bytes, reading.milliseconds),
      read_direct: reading.direct,
      bytes,
      at: parts.clock.now(),
    };
  } finally {
    try {
      await file.close();
    } finally {
      await parts.files.removeMarked(path, marker);
    }
  }
}

/** Milliseconds until the last byte was on the disk; `begun` of them are in the file already. */
async function writeAll(file: VolumeFile, begun: number, bytes: number, parts: SpeedTestParts) {
  const chunk = parts.random.bytes(CHUNK);
  const numbers = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
  const started = parts.clock.monotonic();
  for (let written = 0; written < bytes; written += CHUNK) {
    if (parts.signal.aborted) return undefined;
    for (let at = 0; at < CHUNK; at += BLOCK) numbers.setFloat64(at + BLOCK - 8, written + at);
    await file.write(chunk.subarray(written === 0 ? begun : 0, Math.min(CHUNK, bytes - written)));
    parts.progress('write', Math.min(bytes, written + CHUNK));
  }
  await file.sync();
  return parts.clock.monotonic() - started;
}

async function readAll(file: VolumeFile, parts: SpeedTestParts) {
  const reading = await file.readBack(CHUNK);
  try {
    const started = parts.clock.monotonic();
    let done = 0;
    for (let read = await reading.next(); read > 0; read = await reading.next()) {
      if (parts.signal.aborted) return undefined;
      parts.progress('read', (done += read));
    }
    return { milliseconds: parts.clock.monotonic() - started, direct: reading.direct };
  } finally {
    await reading.close();
  }
}

/** Megabytes (10⁶) a second, to a tenth. */
function rate(bytes: number, milliseconds: number): number {
  return Math.round(bytes / 100 / Math.max(milliseconds, 0.001)) / 10;
}
