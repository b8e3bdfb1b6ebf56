import type { Migration } from '../../migrate.ts';
import { CORE_TABLES } from './0001/core-tables.ts';
import { INDEX_TABLES } from './0001/index-tables.ts';

export const first: Migration = {
  format: 1,
  what: 'the first format',
  up: (connection) => {
    connection.exec(CORE_TABLES);
    connection.exec(INDEX_TABLES);
  },
};
