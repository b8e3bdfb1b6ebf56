import type { Connection } from '../../ports/sqlite.ts';

/** Pages written per step, so that a stop waits for milliseconds. */
const STEP_PAGES = 64;

/**
 * Merges what commits have left side by side, so that a search reads few lists. `whole` makes it one; else only where
 * enough of about one size have come together, which costs in proportion to what was added. `goOn` is asked and told
 * after each step.
 */
export function mergeIndex(names: Connection, whole: boolean, goOn: () => boolean): void {
  const step = names.prepare("INSERT INTO trigrams (trigrams, rank) VALUES ('merge', ?)");
  const changes = names.prepare<{ n: number }>('SELECT total_changes() AS n');
  // Written into the statement, as a value given to it may arrive as a float, which is refused.
  const setMinimum = (segments: number): void =>
    names.exec(`INSERT INTO trigrams (trigrams, rank) VALUES ('usermerge', ${segments})`);

  if (whole) setMinimum(2);
  let pages = whole ? -STEP_PAGES : STEP_PAGES;
  for (let before = changes.get()?.n ?? 0; goOn(); pages = STEP_PAGES) {
    step.run(pages);
    const after = changes.get()?.n ?? 0;
    // A step that had nothing to do changes only its own record.
    if (after - before < 2) break;
    before = after;
  }
  if (whole) setMinimum(4);
}
