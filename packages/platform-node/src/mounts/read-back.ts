import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { VolumeFile } from '@sd/core/ports/mounts.ts';
import type { SystemPath } from '../system-path.ts';

/** What direct reads align to: the largest block of today's disks. */
const ALIGNMENT = 4096;
/** Memory of an `ArrayBuffer` begins at a multiple of this. */
const STEP = 16;

type Reading = Awaited<ReturnType<VolumeFile['readBack']>>;

/** Reads a file in pieces; directly from its disk where the system takes that, else through its memory. */
export async function reading(path: SystemPath, length: number): Promise<Reading> {
  const whole = Math.ceil(length / ALIGNMENT) * ALIGNMENT;
  return (await directly(path, whole)) ?? through(await open(path, constants.O_RDONLY), new Uint8Array(whole), false);
}

async function directly(path: SystemPath, length: number): Promise<Reading | undefined> {
  const { O_DIRECT } = constants;
  if (!O_DIRECT) return undefined;
  let file: FileHandle | undefined;
  try {
    file = await open(path, constants.O_RDONLY | O_DIRECT);
    const buffer = await aligned(file, length);
    if (buffer) return through(file, buffer, true);
  } catch {
    // The file system does not do it.
  }
  await file?.close();
  return undefined;
}

/** A part of a buffer that begins at a multiple of `ALIGNMENT`: found by trying, for no one says where memory lies. */
async function aligned(file: FileHandle, length: number): Promise<Uint8Array | undefined> {
  const buffer = new Uint8Array(length + ALIGNMENT);
  for (let tried = 0; tried < ALIGNMENT; tried += STEP) {
    // Large memory comes in pages, behind a few bytes of the allocator's own: these are tried first.
    const offset = (ALIGNMENT - STEP + ALIGNMENT - tried) % ALIGNMENT;
    const part = buffer.subarray(offset, offset + length);
    try {
      await file.read(part, 0, ALIGNMENT, 0);
      return part;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
    }
  }
  return undefined;
}

function through(file: FileHandle, buffer: Uint8Array, direct: boolean): Reading {
  let position = 0;
  return {
    direct,
    async next() {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
      position += bytesRead;
      return bytesRead;
    },
    close: () => file.close(),
  };
}
