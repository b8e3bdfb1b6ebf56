import type { ReadConnection } from '../../ports/sqlite.ts';
import type { WriteTransaction } from '../write.ts';

const NAME = 'sidecar_key';

/** The key that sidecars are sealed with: it stays when the library's own key changes. `undefined` until the first is made. */
export function sidecarKey(db: ReadConnection): Uint8Array | undefined {
  return db.prepare<{ value: Uint8Array }>('SELECT value FROM library WHERE key = ?').get(NAME)?.value;
}

/** `fresh`: 32 random bytes, kept where there is no key yet. Answers the key there is then. */
export function ensureSidecarKey(tx: WriteTransaction, fresh: Uint8Array): Uint8Array {
  const known = sidecarKey(tx);
  if (known) return known;
  tx.run('INSERT INTO library (key, value) VALUES (?, ?)', NAME, fresh);
  tx.logged('library', NAME, { value: fresh });
  return fresh;
}
