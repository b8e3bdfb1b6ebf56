import { nameOfStored } from '../../domain/entry.ts';
import { SdError } from '../../errors.ts';
import type { ReadFiles } from '../../ports/files.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { UserFiles } from '../../ports/user-files.ts';

const PAGE = 500;

export interface NoteParts {
  readonly db: ReadConnection;
  readonly files: Pick<ReadFiles, 'facts'>;
  readonly userFiles: Pick<UserFiles, 'completeNote'>;
  stopped(): boolean;
}

interface Noted {
  readonly id: number;
  readonly path: string | Uint8Array;
  readonly place: string | Uint8Array;
  readonly note: string | Uint8Array;
  readonly trashed_at: number;
}

/**
 * Writes the notes of what went to the trash when its disk had no room for them: without them the system's trash does not
 * know where a thing was.
 */
export function completeNotes({ db, files, userFiles, stopped }: NoteParts): void {
  const sql = `SELECT id, path, place, note, trashed_at FROM trashed WHERE id > ? AND note IS NOT NULL ORDER BY id LIMIT ${PAGE}`;
  for (let after = -1; !stopped();) {
    const page = db.prepare<Noted>(sql).all(after);
    for (const { path, place, note, trashed_at: at } of page) {
      const trashed = { place: nameOfStored(place), note: nameOfStored(note) };
      try {
        if (files.facts(trashed.note)?.size === 0) userFiles.completeNote(trashed, nameOfStored(path), at);
      } catch (error) {
        // Still no room, or its disk is away: tried again the next time.
        if (!(error instanceof SdError)) throw error;
      }
    }
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
  }
}
