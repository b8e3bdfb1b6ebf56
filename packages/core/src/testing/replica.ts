import { decodeLog } from '../db/log-record.ts';
import { toHex } from '../domain/ids.ts';
import { changesSince } from './changes-since.ts';
import { tombstonesSince } from './tombstones-since.ts';
import { writeState } from '../db/library/write-state.ts';
import type { ReadConnection, SqlValue } from '../ports/sqlite.ts';

type Row = Readonly<Record<string, SqlValue>> & {
  readonly id: number;
  readonly parent_id: number | null;
  readonly revision: number;
};
const ALL = 1_000_000_000;

/**
 * What another device would hold of a library that it follows by revisions, tombstones and the change log alone. Rows
 * and tombstones of one revision are of different entries, so that their order does not matter.
 */
export class Replica {
  readonly entries = new Map<number, Row>();
  readonly contents = new Map<string, unknown>();
  #revision = 0;

  follow(db: ReadConnection): void {
    const rows = db.prepare<Row>(ENTRIES).all(this.#revision);
    const gone = tombstonesSince(db, this.#revision, ALL).filter((stone) => stone.table_name === 'entries');
    const steps = [
      ...rows.map((row) => ({ revision: row.revision, row })),
      ...gone.map((stone) => ({ revision: stone.revision, stone })),
    ];
    for (const step of steps.sort((a, b) => a.revision - b.revision)) {
      if ('row' in step) this.entries.set(step.row.id, step.row);
      else if (step.stone.subtree) this.#removeBelow(step.stone.row_id);
      else this.entries.delete(step.stone.row_id);
    }
    for (const { table_name, changes } of changesSince(db, this.#revision, ALL)) {
      if (table_name !== 'contents') continue;
      for (const [key, fields] of decodeLog(changes)) this.contents.set(toHex(key as Uint8Array), fields);
    }
    this.#revision = writeState(db).revision;
  }

  #removeBelow(top: number): void {
    this.entries.delete(top);
    for (const { id, parent_id } of [...this.entries.values()]) if (parent_id === top) this.#removeBelow(id);
  }
}

const COLUMNS =
  'e.id, e.parent_id, e.name, e.type, e.kind, e.size, e.mtime, e.inode, e.links, e.uuid, e.revision, c.hash';
const ENTRIES = `SELECT ${COLUMNS} FROM entries e LEFT JOIN contents c ON c.id = e.content_id WHERE e.revision > ?`;

/** The same of the library itself. */
export function currentState(db: ReadConnection): { entries: Map<number, Row>; contents: Map<string, unknown> } {
  const contents = db
    .prepare<{ hash: Uint8Array; size: number; kind: number }>('SELECT hash, size, kind FROM contents')
    .all();
  return {
    entries: new Map(
      db
        .prepare<Row>(ENTRIES)
        .all(-1)
        .map((row) => [row.id, row]),
    ),
    contents: new Map(contents.map(({ hash, size, kind }) => [toHex(hash), { size, kind }])),
  };
}
