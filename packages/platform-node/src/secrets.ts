import { chmodSync, statSync } from 'node:fs';
import { SdError } from '@sd/core/errors.ts';
import type { Files } from '@sd/core/ports/files.ts';
import type { Log } from '@sd/core/ports/log.ts';
import type { SecretPlace, Secrets } from '@sd/core/ports/secrets.ts';
import type { Keychain } from './keychain.ts';

const LONGEST_SECRET = 64 * 1024;

export interface SecretsOptions {
  /** For the files, made private when first needed. */
  readonly folder: string;
  readonly files: Files;
  readonly log: Log;
  /** `undefined`: files only. */
  readonly keychain?: Keychain | undefined;
}

/** The `Secrets` port. */
export function nodeSecrets({ folder, files, log, keychain }: SecretsOptions): Secrets {
  const fileOf = (name: string): string => {
    if (!/^[a-z0-9][a-z0-9._-]{0,99}$/.test(name)) throw new Error(`not a name of a secret: ${name}`);
    return `${folder}/${name}.key`;
  };

  function fromFile(name: string): Uint8Array | undefined {
    const file = fileOf(name);
    if (!files.facts(file)) return undefined;
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
      log.warn('a key file could be read by others; it is private again', { file });
      chmodSync(file, 0o600);
    }
    return files.readWhole(file, LONGEST_SECRET);
  }

  /** Kept there only if it comes back from there: a keychain that forgets is worse than none. */
  async function toKeychain(name: string, value: Uint8Array): Promise<boolean> {
    if (!keychain) return false;
    try {
      await keychain.set(name, value);
      const kept = await keychain.get(name);
      return kept !== undefined && Buffer.compare(kept, value) === 0;
    } catch (error) {
      log.info('no keychain answers: keys go to private files', { reason: String(error) });
      return false;
    }
  }

  return {
    async get(name) {
      const inFile = fromFile(name);
      if (inFile) return { value: inFile, place: 'file' };
      const kept = await keychain?.get(name).catch((error: unknown) => {
        throw silent('NOT_READABLE', error);
      });
      return kept && { value: kept, place: 'keychain' };
    },
    async set(name, value): Promise<SecretPlace> {
      const file = fileOf(name);
      if (await toKeychain(name, value)) {
        files.remove(file);
        return 'keychain';
      }
      files.makeFolder(folder, { private: true });
      files.replaceFile(file, value, { private: true });
      return 'file';
    },
    async remove(name) {
      const wasInFile = files.facts(fileOf(name)) !== undefined;
      files.remove(fileOf(name));
      await keychain?.remove(name).catch((error: unknown) => {
        if (!wasInFile) throw silent('NOT_WRITABLE', error);
      });
    },
  };
}

function silent(code: 'NOT_READABLE' | 'NOT_WRITABLE', cause: unknown): SdError {
  return new SdError(
    code,
    "the system's keychain does not answer",
    { way_out: 'unlock it, or start the daemon from a desktop session' },
    cause,
  );
}
