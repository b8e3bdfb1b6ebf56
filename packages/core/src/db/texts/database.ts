import type { DerivedFile } from '../derived-file.ts';
import { readTextsMeta } from './meta.ts';
import { TEXTS_FORMAT, TEXTS_SCHEMA } from './schema.ts';

/** The texts of documents. To look at every page of it would take minutes. */
export const TEXTS_DATABASE: DerivedFile = {
  tables: ['meta', 'texts', 'bodies', 'words'],
  schema: TEXTS_SCHEMA,
  format: TEXTS_FORMAT,
  formatOf: (db) => readTextsMeta(db, 'main')?.format,
};
