import type { Connection, ReadConnection } from '../../ports/sqlite.ts';

/** How far the text index has come, see `schema.ts`. */
export interface NamesMeta {
  readonly format: number;
  readonly state: 'building' | 'ready';
  readonly mark: number;
  readonly docs: number;
  readonly revision: number;
}

/** `schema` is what the file is called on this connection: `main`, or `names` where it is attached. */
export function readMeta(db: ReadConnection, schema: 'main' | 'names'): NamesMeta | undefined {
  return db.prepare<NamesMeta>(`SELECT format, state, mark, docs, revision FROM ${schema}.meta`).get();
}

export function writeMeta(db: Connection, meta: Omit<NamesMeta, 'format'>): void {
  db.prepare('UPDATE meta SET state = ?, mark = ?, docs = ?, revision = ?').run(
    meta.state,
    meta.mark,
    meta.docs,
    meta.revision,
  );
}
