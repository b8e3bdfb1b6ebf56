import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAEMON_FILES } from '@sd/client/node/daemon-files.ts';
import { makeFolders } from '@sd/client/node/make-folders.ts';
import { SdError } from '@sd/core/errors.ts';
import type { Files } from '@sd/core/ports/files.ts';

const TOKEN_BYTES = 32;

/**
 * A folder that only its owner can look into. One that is there already must be a real folder of ours: in a shared
 * place somebody else could have put theirs, or a link, in our way. Throws `NOT_WRITABLE`.
 */
export function makePrivateFolder(path: string): void {
  makeFolders(path);
  if (process.platform === 'win32') return;
  const found = lstatSync(path);
  if (!found.isDirectory() || found.uid !== process.getuid?.())
    throw new SdError('NOT_WRITABLE', `${path} is not a folder of ours`, {
      way_out: 'remove it, or choose another data folder',
    });
  if ((found.mode & 0o077) !== 0) chmodSync(path, 0o700);
}

/** The token of the data folder; made at the first start, then kept, so that clients need not ask again. */
export function ensureToken(dataFolder: string, files: Pick<Files, 'replaceFile'>): string {
  const path = join(dataFolder, DAEMON_FILES.token);
  const known = readIfThere(path);
  if (known !== undefined && /^[0-9a-f]{64}$/.test(known)) {
    if (process.platform !== 'win32') chmodSync(path, 0o600);
    return known;
  }
  const token = randomBytes(TOKEN_BYTES).toString('hex');
  files.replaceFile(path, new TextEncoder().encode(`${token}\n`), { private: true });
  return token;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
