import type { Database } from './sqlite-driver.ts';

/** AEGIS with a raw key: no derivation, authenticated pages. Comes before anything else on a connection. */
export function applyKey(database: Database, key: Uint8Array): void {
  database.pragma("cipher = 'aegis'");
  const text = keyText(key);
  database.key(text);
  text.fill(0);
}

/** Encrypts the whole file anew, in a transaction of its own. Not in WAL mode. */
export function changeKey(database: Database, key: Uint8Array): void {
  const text = keyText(key);
  database.rekey(text);
  text.fill(0);
}

function keyText(key: Uint8Array): Buffer {
  if (key.length !== 32) throw new Error('a database key has 32 bytes');
  return Buffer.from(`x'${Buffer.from(key).toString('hex')}'`, 'latin1');
}
