import { migrations } from '../src/db/library/migrations/index.ts';
import type { Migration } from '../src/db/migrate.ts';

/** A version to come: every entry gets a note, in steps that take a while. `begun` is called inside the migration. */
export const twoFormats = (begun: () => void = () => {}): readonly Migration[] => [
  ...migrations,
  {
    format: migrations.length + 1,
    what: 'notes',
    up(connection) {
      begun();
      connection.exec('CREATE TABLE notes (entry_id INTEGER PRIMARY KEY, note TEXT NOT NULL)');
      connection.exec("INSERT INTO notes SELECT id, 'about ' || name FROM entries");
      connection.exec('CREATE INDEX notes_by_text ON notes (note)');
    },
  },
];
