import { metadataOfEntry } from '../db/library/effective-metadata.ts';
import { METADATA, metadataRow, rowOfSaid, saidOfRow } from '../db/library/metadata.ts';
import { TAG_APPLICATIONS } from '../db/library/tag-applications.ts';
import { isAbove } from '../db/library/tag-links.ts';
import { resolveTag, tagsMeant } from '../db/library/tag-names.ts';
import type { TagRow } from '../db/library/tags.ts';
import { CONTENT_SCOPE, ENTRY_SCOPE, giveUuids } from '../db/library/target-key.ts';
import { findUserRow, putUserRow } from '../db/library/user-rows.ts';
import { several } from '../domain/for-people.ts';
import { tagNameSchema } from '../domain/tag.ts';
import { SdError } from '../errors.ts';
import type { LibraryWriteTransaction } from '../libraries/library.ts';
import type { TaskAround, WriteTask } from '../write-task.ts';
import { addParent } from './links.ts';
import { createTag } from './tag-rows.ts';

/** What a file brought. */
export interface BroughtFacts {
  readonly entry: number;
  readonly tags: readonly string[];
  /** Tags by the names above them and their own, from the top down. */
  readonly paths: readonly (readonly string[])[];
  readonly rating?: number | undefined;
  readonly note?: string | undefined;
}
export interface Imported {
  readonly tagged: number;
  readonly created: number;
  readonly problems: readonly { readonly entry: number; readonly reason: string }[];
}

/** Says of files what they brought: tags are added, made where there are none of the name; a rating and a note only where none was given. */
export const importFacts: WriteTask<{ found: readonly BroughtFacts[]; before: number }, Imported> = {
  name: 'tags.import',
  write(tx, { found, before }, around) {
    const run = new Import(tx, around);
    const problems = found.flatMap((facts) => run.take(facts));
    tx.summary(`Imported tags, ratings and notes of ${several(before + found.length, 'file')}`);
    if (run.tagged > 0) tx.emit({ resource: 'tag', change: 'updated', data: { applied: run.tagged } });
    return { tagged: run.tagged, created: run.created, problems };
  },
};

class Import {
  readonly #tx: LibraryWriteTransaction;
  readonly #around: TaskAround;
  tagged = 0;
  created = 0;

  constructor(tx: LibraryWriteTransaction, around: TaskAround) {
    this.#tx = tx;
    this.#around = around;
  }

  take({ entry, tags, paths, rating, note }: BroughtFacts): { entry: number; reason: string }[] {
    const problems: { entry: number; reason: string }[] = [];
    const row = this.#tx
      .prepare<{ content_id: number | null }>('SELECT content_id FROM entries WHERE id = ?')
      .get(entry);
    if (!row) return [];
    const target =
      row.content_id === null ? { scope: ENTRY_SCOPE, id: entry } : { scope: CONTENT_SCOPE, id: row.content_id };
    if (target.scope === ENTRY_SCOPE) giveUuids(this.#tx, [entry], () => this.#around.newIds.bytes());
    for (const names of [...tags.map((tag) => [tag]), ...paths]) {
      try {
        const tag = this.#tagOf(names);
        if (tag) this.#apply(tag, target);
      } catch (error) {
        if (!(error instanceof SdError)) throw error;
        problems.push({ entry, reason: error.message });
      }
    }
    this.#say(entry, target, rating, note);
    return problems;
  }

  /** The last of the names, below the others. Throws `CONFLICT` where a name is ambiguous. */
  #tagOf(names: readonly string[]): TagRow | undefined {
    let above: TagRow | undefined;
    for (const text of names) {
      const name = tagNameSchema.safeParse(text);
      if (!name.success) return undefined;
      const tag = this.#named(name.data, above);
      if (above && !isAbove(this.#tx, above.id, tag.id) && !isAbove(this.#tx, tag.id, above.id))
        addParent(this.#tx, tag.id, above.id);
      above = tag;
    }
    return above;
  }

  #named(name: string, above: TagRow | undefined): TagRow {
    if (tagsMeant(this.#tx, name).length > 0) return resolveTag(this.#tx, name, new Set(above ? [above.id] : []));
    this.created++;
    return createTag(this.#tx, { name }, this.#around.newIds.bytes(), this.#around.now);
  }

  #apply(tag: TagRow, { scope, id }: { scope: number; id: number }): void {
    const { deviceId, now } = this.#around;
    const key = { tag_id: tag.id, scope, target_id: id };
    if (tag.kind === 'system' || findUserRow(this.#tx, TAG_APPLICATIONS, key)) return;
    const why = { source: 'import', confidence: null, context: null, device_id: deviceId, applied_at: now };
    putUserRow(this.#tx, TAG_APPLICATIONS, { ...key, ...why });
    this.tagged++;
  }

  #say(entry: number, { scope, id }: { scope: number; id: number }, rating?: number, note?: string): void {
    const { said_of } = metadataOfEntry(this.#tx, entry);
    const more = {
      ...(rating === undefined || said_of['rating'] ? {} : { rating }),
      ...(note === undefined || said_of['note'] ? {} : { note }),
    };
    if (Object.keys(more).length === 0) return;
    const said = { ...saidOfRow(metadataRow(this.#tx, scope, id)), ...more };
    putUserRow(this.#tx, METADATA, rowOfSaid(scope, id, said, this.#around.now));
  }
}
