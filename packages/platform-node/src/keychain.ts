import { platform } from 'node:process';
import type { AsyncEntry } from '@napi-rs/keyring';

/** The system's keychain. Every method rejects where it does not answer. */
export interface Keychain {
  get(name: string): Promise<Uint8Array | undefined>;
  set(name: string, value: Uint8Array): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Longer than an unlocked keychain ever takes; a prompt nobody sees must not hold the daemon's start. */
const TIMEOUT_MS = 3_000;
const SERVICE = 'spacedrive';

/**
 * Keychain Access, the Windows Credential Manager, or the Secret Service of a Linux desktop. On Linux the binding falls
 * back to the kernel's keyring, which is empty after a restart: keys kept there alone would be lost, so it is not used.
 */
export const systemKeychain: Keychain = {
  get: async (name) => {
    const secret = await limited((entry, signal) => entry.getSecret(signal), name);
    return secret ? Uint8Array.from(secret) : undefined;
  },
  set: (name, value) => limited((entry, signal) => entry.setSecret(value, signal), name),
  remove: async (name) => void (await limited((entry, signal) => entry.deleteCredential(signal), name)),
};

async function limited<T>(call: (entry: AsyncEntry, signal: AbortSignal) => Promise<T>, name: string): Promise<T> {
  const keyring = await import('@napi-rs/keyring');
  const entry = new keyring.AsyncEntry(
    SERVICE,
    name,
    platform === 'linux' ? { linux: { store: 'secret-service' } } : {},
  );
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const timeout = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`no answer within ${TIMEOUT_MS} ms`)), { once: true });
  });
  return Promise.race([call(entry, signal), timeout]);
}
