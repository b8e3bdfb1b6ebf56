import type { Connection } from '../../ports/sqlite.ts';
import { trigrams } from '../indexed-text.ts';

/** In how many names each trigram occurs (at most: a name that has it twice may count twice). */
export type GramCounts = Map<string, number>;

export function addGrams(counts: GramCounts, text: string): void {
  for (const gram of trigrams(text)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
}

/** Adds to what is known, inside the caller's transaction. */
export function saveGrams(names: Connection, counts: GramCounts): void {
  const save = names.prepare(
    'INSERT INTO grams (gram, docs) VALUES (?, ?) ON CONFLICT (gram) DO UPDATE SET docs = docs + excluded.docs',
  );
  for (const [gram, docs] of counts) save.run(gram, docs);
}

/** Counts anew from the index itself, inside the caller's transaction: after a build this is cheaper than counting along. */
export function recountGrams(names: Connection): void {
  names.exec(`
    CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, trigrams, row);
    DELETE FROM grams;
    INSERT INTO grams SELECT term, doc FROM vocabulary;
    DROP TABLE temp.vocabulary;
  `);
}
