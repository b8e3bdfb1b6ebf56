/** The names in a library's folder, see ARCHITECTURE. */
export const DESCRIPTION_FILE = 'library.json';
export const DATABASE_FILE = 'library.db';
export const LOCK_FILE = 'library.lock';
export const BACKUPS_FOLDER = 'backups';
/** A key wrapped by a passphrase, in a backup, so that the backup can be opened on any device. */
export const WRAPPED_KEY_FILE = 'key.json';

export const LIBRARY_SUFFIX = '.sdlibrary';
export const BACKUP_SUFFIX = '.sdbackup';
/** A folder that is still being made; what is left of one after a crash is nothing's only copy. */
export const PARTIAL_SUFFIX = '.partial';
/** A database that takes the place of the one it is named after, see `swap.ts`. */
export const NEXT_SUFFIX = '.next';

/** What SQLite keeps beside a database. */
export const SQLITE_COMPANIONS = ['-wal', '-shm', '-journal'] as const;
