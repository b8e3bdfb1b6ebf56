import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { libraryFormat } from '@sd/core/db/library-format.ts';
import { insertRootEntry } from '@sd/core/db/library/root-entry.ts';
import { insertLocation } from '@sd/core/db/library/locations.ts';
import { writeTransaction } from '@sd/core/db/write.ts';
import type { Connection } from '@sd/core/ports/sqlite.ts';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';

const KEY = new Uint8Array(32).fill(7);
const DEVICE = new Uint8Array(16).fill(1);
const FILES_PER_FOLDER = 20;
const LOCATIONS = 4;

export interface SyntheticIndex {
  readonly db: Connection;
  /** Entries at the top of its locations. */
  readonly roots: readonly number[];
  remove(): void;
}

/**
 * An index of that many files with contents, made by SQL: no disk has them. In four locations, twenty to a folder; every
 * second file has a content that another has too, mostly one other; kinds and sizes spread. `more` is put in as well.
 */
export function syntheticIndex(files: number, more?: (writer: Connection, device: Uint8Array) => void): SyntheticIndex {
  const folder = mkdtempSync(join(tmpdir(), 'sd-bench-index-'));
  const path = join(folder, 'library.db');
  libraryFormat.create(nodeSqlite, { path, key: KEY }, () => {});
  const writer = nodeSqlite.open({ path, key: KEY, mode: 'write', cacheKiB: 64 * 1024 });
  const roots = Array.from({ length: LOCATIONS }, (_, at) => at + 1);
  writeTransaction(writer, { deviceId: DEVICE, now: () => 0 }, undefined, (tx) => {
    for (const root of roots) {
      const uuid = new Uint8Array(16).fill(root);
      const facts = { type: 1, size: 0, mtime: 0, inode: root, device: 1, links: 1 } as const;
      insertRootEntry(tx, { id: root, uuid, name: `location ${root}`, facts });
      const place = { path: `/nowhere/${root}`, name: `location ${root}`, mode: 'content', rules: '{}' };
      insertLocation(tx, { uuid, device_id: DEVICE, root_entry_id: root, created_at: 0, ...place });
    }
    const folders = Math.ceil(files / FILES_PER_FOLDER);
    tx.run(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO entries (id, parent_id, name, type, kind, size, mtime, inode, links, revision)
       SELECT ${LOCATIONS} + i, 1 + i % ${LOCATIONS}, 'folder ' || i, 1, 1, 0, 0, i, 0, ? FROM n`,
      folders,
      tx.revision,
    );
    // A content per file, of which every fourth is another's: half of all files then have a copy.
    tx.run(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO contents (id, hash, size, kind) SELECT i, randomblob(32), 100 + abs(random()) % 5000000, abs(random()) % 20 FROM n`,
      files,
    );
    tx.run(
      `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ? - 1)
       INSERT INTO entries (id, parent_id, name, type, kind, size, mtime, inode, links, revision, content_id)
       SELECT ? + i, ${LOCATIONS} + 1 + i / ${FILES_PER_FOLDER}, 'file ' || i || CASE i % 3 WHEN 0 THEN '.jpg' WHEN 1 THEN '.pdf' ELSE '.txt' END,
         0, c.kind, c.size, i, 1000000 + i, 0, ?, c.id
       FROM n JOIN contents c ON c.id = CASE i % 4 WHEN 3 THEN 1 + (i * 7919 + 13) * 31 % ? ELSE i + 1 END`,
      files,
      LOCATIONS + 1 + folders,
      tx.revision,
      files,
    );
  });
  more?.(writer, DEVICE);
  writer.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  writer.close();
  const db = nodeSqlite.open({ path, key: KEY, mode: 'read', cacheKiB: 8 * 1024 });
  const remove = (): void => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { db, roots, remove };
}
