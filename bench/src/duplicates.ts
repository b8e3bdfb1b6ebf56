import { duplicateGroups, type DuplicateScope } from '@sd/core/db/library/duplicates.ts';
import { atRisk } from '@sd/core/redundancy/at-risk.ts';
import { type Row, atMost, median, round, told } from './row.ts';
import { syntheticIndex } from './synthetic-index.ts';

const REACH_MS = 1_000;
const PAGE = 50;

/** The first page of candidates, and of what exists once only, each with the totals of all, over an index made by SQL. */
export function benchDuplicates(files: number, rounds: number): Row[] {
  const { db, roots, remove } = syntheticIndex(files);
  const time = (scope: Partial<DuplicateScope>): number => {
    const started = performance.now();
    const { totals } = duplicateGroups(db, { minSize: 1, ...scope }, { limit: PAGE });
    if (totals.groups === 0) throw new Error('half of the files have a copy');
    return performance.now() - started;
  };
  const ms = (scope: Partial<DuplicateScope> = {}): number => median(Array.from({ length: rounds }, () => time(scope)));
  const redundancyMs = (): number => {
    const started = performance.now();
    atRisk(db, { once: 'copy', minSize: 1 }, { limit: PAGE }, () => {});
    return performance.now() - started;
  };
  try {
    time({}); // statements prepared, pages in memory
    return [
      atMost(`duplicates of ${files} entries, the candidates`, ms(), REACH_MS, ' ms'),
      atMost(`duplicates of ${files} entries, of one extension`, ms({ extensions: ['jpg'] }), REACH_MS, ' ms'),
      atMost(`duplicates of ${files} entries, in two locations`, ms({ below: roots.slice(0, 2) }), REACH_MS, ' ms'),
      told(
        `duplicates of ${files} entries, by kind and size`,
        `${round(ms({ kinds: [2, 3], minSize: 1_000_000 }))} ms`,
      ),
      atMost(
        `what exists once only, of ${files} entries`,
        median(Array.from({ length: rounds }, redundancyMs)),
        REACH_MS,
        ' ms',
      ),
    ];
  } finally {
    remove();
  }
}
