import { closeSync } from 'node:fs';
import type { MediaRequest } from '@sd/core/ports/media.ts';
import { fill } from '../read-files.ts';
import { mebibytes } from './budget.ts';
import { Unreadable } from './document.ts';
import { openRegular } from './regular-file.ts';

/**
 * All bytes of a file. Decoders work on this copy: what somebody does to the file meanwhile cannot pull the ground from
 * under them, as it would from a mapped one. Throws `Unreadable` where it is larger than the limit allows.
 */
export function wholeFile({ path, limits }: MediaRequest, most = limits.fileBytes): Buffer {
  const { file, size } = openRegular(path);
  try {
    const limit = Math.min(most, limits.fileBytes);
    if (size > limit) throw new Unreadable(`it is larger than ${mebibytes(limit)}`);
    const bytes = Buffer.allocUnsafe(size);
    const length = fill(file, bytes, 0);
    if (length < size) throw new Unreadable('it changed while it was read');
    return bytes;
  } finally {
    closeSync(file);
  }
}
