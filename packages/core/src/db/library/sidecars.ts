import { toHex } from '../../domain/ids.ts';
import { MAKERS, type SidecarKind, type SidecarState, type SidecarView } from '../../domain/sidecar.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { WriteTransaction } from '../write.ts';

/** What of a content was derived, or why it could not be. */
export interface SidecarRow {
  readonly kind: SidecarKind;
  /** Version of what made it. */
  readonly maker: number;
  readonly state: SidecarState;
  /** Bytes of its file. */
  readonly size: number;
  readonly reason: string | null;
  readonly made_at: number;
}

const COLUMNS = 'kind, maker, state, size, reason, made_at';

export function sidecarsOfContent(db: ReadConnection, content: number): SidecarRow[] {
  return db.prepare<SidecarRow>(`SELECT ${COLUMNS} FROM sidecars WHERE content_id = ? ORDER BY kind`).all(content);
}

export function sidecarOf(db: ReadConnection, content: number, kind: SidecarKind): SidecarRow | undefined {
  return db.prepare<SidecarRow>(`SELECT ${COLUMNS} FROM sidecars WHERE content_id = ? AND kind = ?`).get(content, kind);
}

/** Whether there are sidecars at all, or of one kind: goes through them until it meets one. */
export function anyMade(db: ReadConnection, kind?: SidecarKind): boolean {
  const of = kind === undefined ? [] : [kind];
  const where = `state = 'made'${kind === undefined ? '' : ' AND kind = ?'}`;
  return db.prepare(`SELECT 1 FROM sidecars WHERE ${where} LIMIT 1`).get(...of) !== undefined;
}

export function putSidecar(
  tx: WriteTransaction,
  content: { readonly id: number; readonly hash: Uint8Array },
  { kind, maker, state, size, reason, made_at }: SidecarRow,
): void {
  tx.run(
    `INSERT OR REPLACE INTO sidecars (content_id, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    content.id,
    kind,
    maker,
    state,
    size,
    reason,
    made_at,
  );
  tx.logged('sidecars', sidecarLogKey(content.hash, kind), { maker, state, size, reason, made_at });
}

export function removeSidecar(
  tx: WriteTransaction,
  content: { id: number; hash: Uint8Array },
  kind: SidecarKind,
): void {
  tx.run('DELETE FROM sidecars WHERE content_id = ? AND kind = ?', content.id, kind);
  tx.logged('sidecars', sidecarLogKey(content.hash, kind), null);
}

/** A row's key in the change log: the content's hash and the kind. */
function sidecarLogKey(hash: Uint8Array, kind: SidecarKind): string {
  return `${toHex(hash)}/${kind}`;
}

/** Contents after `after` that have a sidecar or facts and that no file has any more, with their hashes. */
export function contentsWithoutFiles(
  db: ReadConnection,
  after: number,
  limit: number,
): { readonly id: number; readonly hash: Uint8Array }[] {
  return db
    .prepare<{ id: number; hash: Uint8Array }>(
      `SELECT c.id, c.hash FROM contents c
        WHERE c.id > ? AND EXISTS (SELECT 1 FROM sidecars s WHERE s.content_id = c.id)
          AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.content_id = c.id)
        ORDER BY c.id LIMIT ?`,
    )
    .all(after, limit);
}

/** Contents after `after` whose text is said to be made. */
export function contentsWithText(
  db: ReadConnection,
  after: number,
  limit: number,
): { readonly content: number; readonly hash: Uint8Array }[] {
  return db
    .prepare<{ content: number; hash: Uint8Array }>(
      `SELECT s.content_id AS content, c.hash FROM sidecars s JOIN contents c ON c.id = s.content_id
        WHERE s.content_id > ? AND s.kind = 'text' AND s.state = 'made' ORDER BY s.content_id LIMIT ?`,
    )
    .all(after, limit);
}

export function sidecarView({ kind, maker, state, size, reason, made_at }: SidecarRow): SidecarView {
  return {
    kind,
    state,
    maker,
    current: maker === MAKERS[kind],
    bytes: size,
    ...(reason === null ? {} : { reason }),
    made_at,
  };
}
