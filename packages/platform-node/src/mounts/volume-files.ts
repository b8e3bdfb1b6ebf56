import { constants } from 'node:fs';
import { type FileHandle, lstat, open, statfs, unlink } from 'node:fs/promises';
import type { VolumeFile, VolumeFiles } from '@sd/core/ports/mounts.ts';
import { fsError, isNothingThere } from '../fs-errors.ts';
import { NEW_FILE } from '../new-file.ts';
import { OPEN_SAFELY, fileFacts } from '../read-files.ts';
import { toSystem } from '../system-path.ts';
import { reading } from './read-back.ts';

/** The `VolumeFiles` port, on the thread pool. */
export const volumeFiles: VolumeFiles = {
  async space(path) {
    const { bavail, blocks, bsize } = await said(path, 'read', statfs(toSystem(path)));
    return { free: bavail * bsize, total: blocks * bsize };
  },
  async facts(path) {
    try {
      return fileFacts(await lstat(toSystem(path)));
    } catch (error) {
      if (isNothingThere(error)) return undefined;
      throw fsError(error, path);
    }
  },
  read: (path, limit) => withRegular(path, (file) => start(file, limit)),
  async create(path) {
    const flags = constants.O_RDWR | NEW_FILE;
    return volumeFile(path, await said(path, 'write', open(toSystem(path), flags, 0o644)));
  },
  async removeMarked(path, marker) {
    const found = await withRegular(path, (file) => start(file, marker.length));
    if (found === undefined || Buffer.compare(found, marker.subarray(0, found.length)) !== 0) return false;
    await said(path, 'write', unlink(toSystem(path)));
    return true;
  },
};

function volumeFile(path: string, file: FileHandle): VolumeFile {
  return {
    async write(bytes) {
      for (let from = 0; from < bytes.length;)
        from += (await said(path, 'write', file.write(bytes, from))).bytesWritten;
    },
    sync: () => said(path, 'write', file.sync()),
    readBack: (length) => said(path, 'read', reading(toSystem(path), length)),
    close: () => said(path, 'write', file.close()),
  };
}

async function withRegular<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T | undefined> {
  let file: FileHandle;
  try {
    file = await open(toSystem(path), OPEN_SAFELY);
  } catch (error) {
    if (isNothingThere(error) || (error as NodeJS.ErrnoException).code === 'ELOOP') return undefined;
    throw fsError(error, path);
  }
  try {
    return (await file.stat()).isFile() ? await use(file) : undefined;
  } catch (error) {
    throw fsError(error, path);
  } finally {
    await file.close();
  }
}

async function start(file: FileHandle, limit: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(limit);
  let length = 0;
  while (length < limit) {
    const { bytesRead } = await file.read(bytes, length, limit - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

async function said<T>(path: string, intent: 'read' | 'write', work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw fsError(error, path, intent);
  }
}
