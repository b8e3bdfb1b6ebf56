import type { ReadConnection } from '../../ports/sqlite.ts';

/** What the index of texts says of itself, see `schema.ts`. */
export interface TextsMeta {
  readonly format: number;
  readonly documents: number;
  readonly filling: 0 | 1;
}

/** `schema` is what the file is called on this connection: `main`, or `texts` where it is attached. */
export function readTextsMeta(db: ReadConnection, schema: 'main' | 'texts'): TextsMeta | undefined {
  return db.prepare<TextsMeta>(`SELECT format, documents, filling FROM ${schema}.meta`).get();
}
