import type { DerivedFile } from '../derived-file.ts';
import { readMeta } from './meta.ts';
import { NAMES_FORMAT, NAMES_SCHEMA } from './schema.ts';

/** The text index of names. Only its builder writes it. */
export const NAMES_DATABASE: DerivedFile = {
  tables: ['meta', 'grams', 'trigrams'],
  schema: NAMES_SCHEMA,
  format: NAMES_FORMAT,
  formatOf: (db) => readMeta(db, 'main')?.format,
  checkPages: true,
};
