import type { Migration } from '../../migrate.ts';
import { COLLECTION_TABLES } from './0003/collection-tables.ts';
import { HISTORY_TABLES } from './0003/history-tables.ts';
import { METADATA_TABLES } from './0003/metadata-tables.ts';
import { SEARCH_INDEXES } from './0003/search-indexes.ts';
import { TAG_TABLES } from './0003/tag-tables.ts';
import { TRASH_TABLES } from './0003/trash-tables.ts';

export const safeHands: Migration = {
  format: 3,
  what: 'what people say of files (metadata, tags, collections, spaces), the history of actions, the trash',
  up: (connection) => {
    connection.exec(METADATA_TABLES);
    connection.exec(TAG_TABLES);
    connection.exec(COLLECTION_TABLES);
    connection.exec(HISTORY_TABLES);
    connection.exec(TRASH_TABLES);
    connection.exec(SEARCH_INDEXES);
  },
};
