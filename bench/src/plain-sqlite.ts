import type { Connection, Sqlite } from '@sd/core/ports/sqlite.ts';

/** The same port, with every key left out. */
export function plainSqlite(sqlite: Sqlite): Sqlite {
  return {
    ...sqlite,
    open: ({ key: _key, ...options }) => withoutKeys(sqlite.open(options)),
  };
}

/** Statements that attach another file name its key. */
function withoutKeys(connection: Connection): Connection {
  return {
    prepare: (sql) => connection.prepare(sql),
    exec: (sql) => connection.exec(sql.replace(/ KEY "[^"]*"/, " KEY ''")),
    close: () => connection.close(),
  };
}
