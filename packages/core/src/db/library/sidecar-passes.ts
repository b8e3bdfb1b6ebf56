import type { ReadConnection } from '../../ports/sqlite.ts';
import type { WriteTransaction } from '../write.ts';

/** The last time all contents of a location were looked at: up to which revision, by which makers. */
export interface SidecarPass {
  readonly revision: number;
  readonly makers: string;
}

/** `location`: its UUID. */
export function sidecarPass(db: ReadConnection, location: Uint8Array): SidecarPass | undefined {
  return db.prepare<SidecarPass>('SELECT revision, makers FROM sidecar_passes WHERE location = ?').get(location);
}

export function putSidecarPass(tx: WriteTransaction, location: Uint8Array, { revision, makers }: SidecarPass): void {
  tx.run(
    'INSERT OR REPLACE INTO sidecar_passes (location, revision, makers) VALUES (?, ?, ?)',
    location,
    revision,
    makers,
  );
}

/** Every location is looked at as a whole the next time: something that was made is not there any more. */
export function forgetSidecarPasses(tx: WriteTransaction): void {
  tx.run('DELETE FROM sidecar_passes');
}
