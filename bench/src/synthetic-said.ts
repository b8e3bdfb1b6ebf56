import type { Connection } from '@sd/core/ports/sqlite.ts';
import { writeTransaction } from '@sd/core/db/write.ts';

/** Tags below one another: `top` above `branches`, each above `leaves` of its own. */
export interface TagTree {
  readonly name: string;
  readonly branches: number;
  readonly leaves: number;
  /** How many files have one of the leaves; spread all over the library. */
  readonly files: number;
}

/**
 * What people and cameras say of the files of a library made by SQL: all were modified, and a third taken with a camera,
 * somewhere in ten years; tags in trees; a tenth is rated. `contents`: their ids run from 1 to that.
 */
export function sayOfFiles(writer: Connection, device: Uint8Array, contents: number, trees: readonly TagTree[]): void {
  writeTransaction(writer, { deviceId: device, now: () => 0 }, undefined, (tx) => {
    tx.run(
      `INSERT INTO media (content_id, taken_at, camera, width, height, latitude, longitude, facts)
       SELECT id, 1420070400000 + abs(random() % 315360000000), 'Camera ' || abs(random() % 20), 1000 + abs(random() % 5000),
         1000 + abs(random() % 4000), abs(random() % 90), abs(random() % 180), printf('{"lens":"%s"}', hex(randomblob(200)))
       FROM contents WHERE id % 3 = 0`,
    );
    tx.run(
      `INSERT INTO metadata (scope, target_id, rating, changed_at)
       SELECT 1, id, 1 + abs(random() % 5), 0 FROM contents WHERE id % 10 = 0`,
    );
    // Times of their own, in the same ten years.
    tx.run('UPDATE entries SET mtime = 1420070400000000 + abs(random() % 315360000000000) WHERE type = 0');
    let next = 1;
    for (const { name, branches, leaves, files } of trees) {
      const top = next++;
      const tag = (id: number, called: string, parent?: number): void => {
        tx.run(
          "INSERT INTO tags (id, uuid, name, folded, kind, created_at) VALUES (?, randomblob(16), ?, lower(?), 'standard', 0)",
          id,
          called,
          called,
        );
        if (parent !== undefined)
          tx.run("INSERT INTO tag_links (tag_id, kind, other_id) VALUES (?, 'parent', ?)", id, parent);
      };
      tag(top, name);
      const first = next + branches;
      for (let at = 0; at < branches; at++) tag(next++, `${name} ${at}`, top);
      for (let at = 0; at < branches * leaves; at++)
        tag(next++, `${name} ${at % branches} ${at}`, first - branches + (at % branches));
      tx.run(
        `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
         INSERT OR IGNORE INTO tag_applications (tag_id, scope, target_id, source, device_id, applied_at)
         SELECT ? + abs(random() % ?), 1, 1 + abs(random() % ?), 'user', ?, 0 FROM n`,
        files,
        first,
        branches * leaves,
        contents,
        device,
      );
    }
    for (const table of ['media', 'metadata', 'tags', 'tag_links', 'tag_applications'] as const)
      tx.logged(table, new Uint8Array(16), {});
  });
}
