import { CONTENT_SCOPE, ENTRY_SCOPE } from '../db/library/target-key.ts';
import { FOLDER } from '../domain/entry.ts';
import { fingerprintOf } from '../domain/page.ts';
import type { On } from '../domain/targets.ts';
import { SdError } from '../errors.ts';
import type { ReadConnection } from '../ports/sqlite.ts';

/** What targets came to, column by column: an entry's id, or 0 for a content by itself; its content's id, or 0 where none is known. */
export interface ResolvedTargets {
  readonly entries: readonly number[];
  readonly contents: readonly number[];
  /** How many of the entries are folders. */
  readonly folders: number;
  /** Differs where they differ. */
  readonly digest: string;
}

/** One row of `metadata` or `tag_applications`. */
export interface SaidTarget {
  readonly scope: number;
  readonly id: number;
}

/** Ids looked up per statement. */
const AT_ONCE = 10_000;

/** Gathers targets, each once. */
export class TargetList {
  readonly #db: ReadConnection;
  readonly #seen = new Set<number>();
  readonly #entries: number[] = [];
  readonly #contents: number[] = [];
  #folders = 0;

  constructor(db: ReadConnection) {
    this.#db = db;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Answers which of them, by its place, is not there; the rest is added. */
  addEntries(ids: readonly number[]): number | undefined {
    let missing: number | undefined;
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const part = ids.slice(from, from + AT_ONCE);
      const rows = this.#db
        .prepare<{ at: number; id: number; type: number; content_id: number | null }>(
          'SELECT w.key AS at, e.id, e.type, e.content_id FROM json_each(?) w CROSS JOIN entries e ON e.id = w.value ORDER BY w.key',
        )
        .all(JSON.stringify(part));
      if (rows.length < part.length) missing ??= from + firstGap(rows);
      for (const { id, type, content_id } of rows)
        if (this.#add(id, content_id ?? 0) && type === FOLDER) this.#folders++;
    }
    return missing;
  }

  addContent(id: number): void {
    this.#add(0, id);
  }

  resolved(): ResolvedTargets {
    const digest = fingerprintOf([this.#entries, this.#contents]);
    return { entries: this.#entries, contents: this.#contents, folders: this.#folders, digest };
  }

  /** Whether it was not there yet. */
  #add(entry: number, content: number): boolean {
    const key = entry === 0 ? -content : entry;
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    this.#entries.push(entry);
    this.#contents.push(content);
    return true;
  }
}

function firstGap(rows: readonly { at: number }[]): number {
  const gap = rows.findIndex(({ at }, index) => at !== index);
  return gap < 0 ? rows.length : gap;
}

/**
 * Of what something is said: where `on` leaves it open, of the content of each file that has a known one, else of the
 * entry. Each once. Throws `CONFLICT` where `on` asks for what there is not.
 */
export function saidTargets(
  { entries, contents }: Pick<ResolvedTargets, 'entries' | 'contents'>,
  on: On,
): SaidTarget[] {
  const targets: SaidTarget[] = [];
  const seen = new Set<number>();
  let without = 0;
  for (let at = 0; at < entries.length; at++) {
    const entry = entries[at] ?? 0;
    const content = contents[at] ?? 0;
    const scope = on === 'entry' || (on === undefined && content === 0) ? ENTRY_SCOPE : CONTENT_SCOPE;
    const id = scope === ENTRY_SCOPE ? entry : content;
    const key = scope === ENTRY_SCOPE ? id : -id;
    if (id === 0) without++;
    else if (!seen.has(key)) {
      seen.add(key);
      targets.push({ scope, id });
    }
  }
  if (without === 0) return targets;
  throw new SdError(
    'CONFLICT',
    on === 'entry'
      ? 'contents are not entries: leave `on` out, or name files'
      : `the content of ${without} of them is not known (folders have none)`,
    on === 'entry' ? {} : { way_out: 'say it of the entry: on: entry' },
  );
}
