import type { Migration } from '../../migrate.ts';
import { DISPLACED_TABLE } from './0002/displaced-table.ts';
import { SIDECAR_TABLES } from './0002/sidecar-tables.ts';
import { VOLUME_TABLES } from './0002/volume-tables.ts';

export const livingIndex: Migration = {
  format: 2,
  what: 'volumes, what asks for attention, sidecars and media facts, what lost its name',
  up: (connection) => {
    connection.exec(VOLUME_TABLES);
    connection.exec(SIDECAR_TABLES);
    connection.exec(DISPLACED_TABLE);
  },
};
