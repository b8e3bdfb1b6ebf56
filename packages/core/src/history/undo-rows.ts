import { type HistoryRow, changesOf, findHistory, isUndoable } from '../db/library/history.ts';
import { type RowChange, changeUserRow, removeUserRow } from '../db/library/user-rows.ts';
import { userTable } from '../db/library/user-tables.ts';
import { LOGGED_TABLES, type LoggedTable, type WriteTransaction } from '../db/write.ts';
import { SdError } from '../errors.ts';
import type { EventResource } from '../events.ts';
import type { LibraryWriteTransaction } from '../libraries/library.ts';
import type { WriteTask } from '../write-task.ts';
import { changedRows, objections, refuseChanged } from './changed-since.ts';

export interface UndoneRows {
  readonly summary: string;
  /** How many rows were set back. */
  readonly items: number;
}

/**
 * Sets back the rows an action changed: all of them, each still as the action left it, or none. Throws `CHANGED_SINCE`
 * with what stands in the way. The undo is an action of its own, and undoing it does what was undone again.
 */
export const undoRows = {
  name: 'history.undo_rows',
  write(tx: LibraryWriteTransaction, { receipt }: { readonly receipt: string }): UndoneRows {
    const row = theRow(findHistory(tx, receipt), receipt);
    const changes = changesOf(tx, receipt);
    setBack(tx, row, changes);
    refuseChanged(row, objections(tx, changes));
    tx.undoes(receipt);
    tx.summary(`${row.undoes === null ? 'Undid' : 'Did again'}: ${originalOf(tx, row).summary}`);
    tx.target(row.summary);
    say(tx, changes);
    return { summary: row.summary, items: changes.length };
  },
} satisfies WriteTask<{ readonly receipt: string }, UndoneRows>;

/**
 * What was made last goes first, and all that goes before what comes back, which may have its name. What hangs on a row
 * of another table goes before it and comes back after it: the log knows it by that row.
 */
function setBack(tx: WriteTransaction, row: HistoryRow, changes: readonly RowChange[]): void {
  const backwards = changes.toReversed();
  const level = ({ table }: RowChange): number => LOGGED_TABLES.indexOf(table);
  const coming = backwards.filter(({ before }) => before).sort((a, b) => level(a) - level(b));
  const going = backwards.filter(({ before }) => !before).sort((a, b) => level(b) - level(a));
  refuseChanged(row, changedRows(tx, coming));
  for (const [table, of] of Map.groupBy(changes, ({ table: name }) => userTable(name)))
    table.prepareKeys?.(
      tx,
      of.map(({ before, after }) => after ?? before ?? {}),
    );
  // Each of these is looked at as it goes. Where one is another, all are as they were again before they are named.
  tx.run(`SAVEPOINT ${ALL_THERE}`);
  for (const { table, after } of going) {
    if (!after || removeUserRow(tx, userTable(table), after)) continue;
    tx.run(`ROLLBACK TO ${ALL_THERE}`);
    refuseChanged(row, changedRows(tx, changes));
    throw new Error(`a row of ${table} was not as the action left it, and then it was`);
  }
  for (const { table, before, after } of coming) if (before) changeUserRow(tx, userTable(table), after, before);
}
const ALL_THERE = 'before_undo';

/** Whoever shows such things asks for them again: there may be ten thousand. */
function say(tx: LibraryWriteTransaction, changes: readonly RowChange[]): void {
  const changed = Map.groupBy(changes, ({ table }) => RESOURCES[table] ?? 'library');
  for (const [resource, rows] of changed) tx.emit({ resource, change: 'updated', data: { changed: rows.length } });
}
const RESOURCES: Partial<Readonly<Record<LoggedTable, EventResource>>> = {
  tags: 'tag',
  tag_links: 'tag',
  tag_applications: 'tag',
  metadata: 'metadata',
  collections: 'collection',
  collection_items: 'collection',
  spaces: 'space',
  space_groups: 'space',
  space_items: 'space',
};

function originalOf(tx: WriteTransaction, row: HistoryRow): HistoryRow {
  return (row.undoes === null ? undefined : findHistory(tx, row.undoes)) ?? row;
}

function theRow(row: HistoryRow | undefined, receipt: string): HistoryRow {
  if (row && isUndoable(row)) return row;
  throw new SdError('CONFLICT', `the action ${receipt} cannot be undone now`, { state: row?.state ?? 'forgotten' });
}
