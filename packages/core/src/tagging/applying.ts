import { TAG_APPLICATIONS } from '../db/library/tag-applications.ts';
import { apart, resolveTag, tagsMeant } from '../db/library/tag-names.ts';
import { type TagRow, labelOf } from '../db/library/tags.ts';
import { CONTENT_SCOPE, ENTRY_SCOPE, giveUuids } from '../db/library/target-key.ts';
import { type UserRow, deleteUserRows, putUserRows } from '../db/library/user-rows.ts';
import { namedForPeople } from '../domain/for-people.ts';
import { uuidToText } from '../domain/ids.ts';
import { tagNameSchema } from '../domain/tag.ts';
import type { On } from '../domain/targets.ts';
import { SdError } from '../errors.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { WriteTask } from '../write-task.ts';
import { tagsAround } from './around.ts';
import { createTag, refuseSystem } from './tag-rows.ts';
import { type ResolvedTargets, type SaidTarget, saidTargets } from './target-list.ts';

export interface ApplyInput {
  readonly targets: ResolvedTargets;
  readonly on: On;
  /** As people wrote them. */
  readonly tags: readonly string[];
  /** Makes those that do not exist. */
  readonly create: boolean;
  readonly source: string;
  readonly confidence: number | null;
  /** JSON. */
  readonly context: string | null;
}
export interface Applied {
  /** UUIDs. */
  readonly tags: readonly string[];
  /** With their namespaces. */
  readonly names: readonly string[];
  readonly created: readonly string[];
  /** How many did not have them before. */
  readonly changed: number;
  /** Entries and contents it was about. */
  readonly targets: number;
  /** Entries that were named: copies of one content are one target. */
  readonly entries: number;
}

/** Gives all targets all tags. */
export const applyTags: WriteTask<ApplyInput, Applied> = {
  name: 'tags.apply',
  write(tx, { targets, on, tags, create, source, confidence, context }, { deviceId, newIds, now }) {
    const said = saidTargets(targets, on);
    const around = tagsAround(tx, targets);
    const created: string[] = [];
    const rows = eachOnce(
      tags.map((text) => {
        if (!create || tagsMeant(tx, text).length > 0) return resolveTag(tx, text, around);
        const made = createTag(tx, draftOf(text), newIds.bytes(), now);
        created.push(uuidToText(made.uuid));
        return made;
      }),
    );
    rows.forEach(refuseSystem);
    giveUuids(
      tx,
      said.filter(({ scope }) => scope === ENTRY_SCOPE).map(({ id }) => id),
      () => newIds.bytes(),
    );
    const why = { source, confidence, context, device_id: deviceId, applied_at: now };
    let changed = 0;
    for (const tag of rows) changed += putUserRows(tx, TAG_APPLICATIONS, lacking(tx, tag.id, said, why));
    tx.summary(`Tagged ${namedForPeople({ count: said.length, folders: targets.folders })} ${namesOf(rows)}`);
    const ids = rows.map(({ uuid }) => uuidToText(uuid));
    if (changed > 0) tx.emit({ resource: 'tag', change: 'updated', ids, data: { applied: changed } });
    for (const tag of rows) tx.target(labelOf(tag));
    const entries = targets.entries.filter((id) => id > 0).length;
    return { tags: ids, names: rows.map(labelOf), created, changed, targets: said.length, entries };
  },
};

/** Rows for the targets that do not have the tag yet: what was said of it before stays as it is. */
function lacking(db: ReadConnection, tag: number, said: readonly SaidTarget[], why: UserRow): UserRow[] {
  const has = new Set(
    db
      .prepare<{ key: number }>(
        `SELECT CASE scope WHEN ${ENTRY_SCOPE} THEN target_id ELSE -target_id END AS key FROM tag_applications WHERE tag_id = ?`,
      )
      .all(tag)
      .map(({ key }) => key),
  );
  return said
    .filter(({ scope, id }) => !has.has(scope === ENTRY_SCOPE ? id : -id))
    .map(({ scope, id }) => ({ tag_id: tag, scope, target_id: id, ...why }));
}

export interface UnapplyInput {
  readonly targets: ResolvedTargets;
  readonly on: On;
  readonly tags: readonly string[];
}

/** Takes tags away: where `on` leaves it open, from wherever they hold for the targets. */
export const unapplyTags: WriteTask<UnapplyInput, Pick<Applied, 'tags' | 'changed' | 'targets'>> = {
  name: 'tags.unapply',
  write(tx, { targets, on, tags }) {
    const around = tagsAround(tx, targets);
    const rows = eachOnce(tags.map((text) => resolveTag(tx, text, around)));
    rows.forEach(refuseSystem);
    const said = on === undefined ? everywhere(tx, targets) : saidTargets(targets, on);
    let changed = 0;
    for (const { id: tag } of rows)
      changed += deleteUserRows(
        tx,
        TAG_APPLICATIONS,
        said.map(({ scope, id }) => ({ tag_id: tag, scope, target_id: id })),
      );
    const named = namedForPeople({ count: targets.entries.length, folders: targets.folders });
    tx.summary(`Took ${namesOf(rows)} from ${named}`);
    const ids = rows.map(({ uuid }) => uuidToText(uuid));
    if (changed > 0) tx.emit({ resource: 'tag', change: 'updated', ids, data: { unapplied: changed } });
    for (const tag of rows) tx.target(labelOf(tag));
    return { tags: ids, changed, targets: targets.entries.length };
  },
};

/** The entries themselves, their contents, and the contents they had before they were edited. */
export function everywhere(db: ReadConnection, { entries, contents }: ResolvedTargets): SaidTarget[] {
  const own = entries.filter((id) => id > 0).map((id) => ({ scope: ENTRY_SCOPE, id }));
  const known = new Set(contents.filter((id) => id > 0));
  for (const { content } of before(db, entries)) known.add(content);
  return [...own, ...Array.from(known, (id) => ({ scope: CONTENT_SCOPE, id }))];
}

function before(db: ReadConnection, entries: readonly number[]): { content: number }[] {
  return db
    .prepare<{ content: number }>(
      'SELECT s.content_id AS content FROM json_each(?) w CROSS JOIN successions s ON s.entry_id = w.value',
    )
    .all(JSON.stringify(entries));
}

/** `work/project` makes a tag of that namespace. */
function draftOf(text: string): { name: string; namespace: string } {
  const { namespace = '', name } = apart(text);
  const parsed = tagNameSchema.safeParse(name);
  if (!parsed.success) throw new SdError('INVALID_INPUT', `${JSON.stringify(text)} is no name for a tag`);
  return { name: parsed.data, namespace };
}

function eachOnce(tags: readonly TagRow[]): TagRow[] {
  return [...new Map(tags.map((tag) => [tag.id, tag])).values()];
}

export function namesOf(tags: readonly TagRow[]): string {
  const names = tags.slice(0, 3).map((tag) => `"${labelOf(tag)}"`);
  return tags.length > 3 ? `${names.join(', ')} and ${tags.length - 3} more` : names.join(', ');
}
