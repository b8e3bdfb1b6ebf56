import { hlcFromBytes } from '../domain/hlc.ts';
import { contentUuid, uuidToText } from '../domain/ids.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** What a quick look at a library's databases shows. */
export interface LibrarySurvey extends SurveyedDatabase {
  /** Which databases were looked at. */
  readonly checked: readonly string[];
  readonly problems: readonly string[];
}
export interface SurveyedDatabase {
  /** Where its clock stands, milliseconds since the epoch. */
  readonly clock_ms: number;
  readonly sidecars: {
    readonly made: number;
    readonly failed: number;
    /** Contents that have sidecars and no file any more. */
    readonly orphans: number;
    /** UUIDs of some contents whose thumbnails are made. */
    readonly sample: readonly string[];
  };
}

const MOST_PROBLEMS = 20;
/** Enough to see that a folder was lost or moved away, and few enough not to wait for. */
const MOST_SAMPLED = 500;

/** Pages, and whether they can be read as what they are: a fraction of a whole integrity check. */
export function quickCheck(db: ReadConnection): string[] {
  const found = db.prepare<{ quick_check: string }>(`PRAGMA quick_check(${MOST_PROBLEMS})`).all();
  return found.map((row) => row.quick_check).filter((line) => line !== 'ok');
}

export function surveyDatabase(db: ReadConnection): SurveyedDatabase {
  const count = (sql: string): number => db.prepare<{ n: number }>(`SELECT count(*) AS n FROM (${sql})`).get()?.n ?? 0;
  const hlc = db.prepare<{ hlc: Uint8Array }>('SELECT hlc FROM write_state').get()?.hlc;
  const sample = db
    .prepare<{ hash: Uint8Array }>(
      `SELECT c.hash FROM sidecars s JOIN contents c ON c.id = s.content_id
        WHERE s.kind = 'thumbnail_256' AND s.state = 'made' ORDER BY s.made_at DESC LIMIT ${MOST_SAMPLED}`,
    )
    .all();
  return {
    clock_ms: hlc ? hlcFromBytes(hlc).ms : 0,
    sidecars: {
      made: count("SELECT 1 FROM sidecars WHERE state = 'made'"),
      failed: count("SELECT 1 FROM sidecars WHERE state = 'failed'"),
      orphans: count(
        'SELECT DISTINCT content_id FROM sidecars s WHERE NOT EXISTS (SELECT 1 FROM entries e WHERE e.content_id = s.content_id)',
      ),
      sample: sample.map(({ hash }) => uuidToText(contentUuid(hash))),
    },
  };
}
