import { TAG_APPLICATIONS, applicationsOfTag } from '../db/library/tag-applications.ts';
import { TAGS, type TagRow, aliasesOf, labelOf, tagById } from '../db/library/tags.ts';
import { deleteUserRow, deleteUserRows, findUserRow, putUserRows } from '../db/library/user-rows.ts';
import { MOST_ALIASES } from '../domain/tag.ts';
import { uuidToText } from '../domain/ids.ts';
import { SdError } from '../errors.ts';
import type { WriteTransaction } from '../db/write.ts';
import type { WriteTask } from '../write-task.ts';
import { namesOf } from './applying.ts';
import { relink, unlink } from './links.ts';
import { changeTag, refuseSystem } from './tag-rows.ts';

/** Ids of `tags`. */
export interface MergeInput {
  readonly from: readonly number[];
  readonly into: number;
}

/** What was said with some tags is said with one; their names become its aliases. */
export const mergeTags: WriteTask<MergeInput, { moved: number }> = {
  name: 'tags.merge',
  write(tx, { from, into }) {
    const rows = from.map((id) => found(tx, id));
    let target = found(tx, into);
    [target, ...rows].forEach(refuseSystem);
    if (from.includes(into)) throw new SdError('CONFLICT', `"${labelOf(target)}" is not merged into itself`);
    let moved = 0;
    for (const tag of rows) {
      moved += takeApplications(tx, tag.id, into);
      relink(tx, tag.id, into);
      deleteUserRow(tx, TAGS, { id: tag.id });
      target = changeTag(tx, target, {
        aliases: [...aliasesOf(target), tag.name, ...aliasesOf(tag)].slice(0, MOST_ALIASES),
        abbreviation: target.abbreviation ?? tag.abbreviation,
        color: target.color ?? tag.color,
        icon: target.icon ?? tag.icon,
        description: target.description ?? tag.description,
      });
    }
    tx.summary(`Merged ${namesOf(rows)} into "${labelOf(target)}"`);
    for (const tag of [target, ...rows]) tx.target(labelOf(tag));
    tx.emit({ resource: 'tag', change: 'deleted', ids: rows.map(({ uuid }) => uuidToText(uuid)) });
    tx.emit({ resource: 'tag', change: 'updated', ids: [uuidToText(target.uuid)] });
    return { moved };
  },
};

/** Takes tags away with all that was said with them; what was below one comes below what was above it. */
export const deleteTags: WriteTask<{ readonly tags: readonly number[] }, { unapplied: number }> = {
  name: 'tags.delete',
  write(tx, { tags }) {
    const rows = tags.map((id) => found(tx, id));
    rows.forEach(refuseSystem);
    let unapplied = 0;
    for (const { id } of rows) {
      unapplied += deleteUserRows(tx, TAG_APPLICATIONS, rowsOf(tx, id));
      unlink(tx, id);
      deleteUserRow(tx, TAGS, { id });
    }
    tx.summary(`Deleted the ${rows.length === 1 ? 'tag' : 'tags'} ${namesOf(rows)}`);
    for (const tag of rows) tx.target(labelOf(tag));
    tx.emit({ resource: 'tag', change: 'deleted', ids: rows.map(({ uuid }) => uuidToText(uuid)) });
    return { unapplied };
  },
};

/** What the other says already stays as it is said there. Answers how many were new to it. */
function takeApplications(tx: WriteTransaction, from: number, into: number): number {
  const rows = rowsOf(tx, from).map((row) => ({ ...row, tag_id: into }));
  const moved = putUserRows(
    tx,
    TAG_APPLICATIONS,
    rows.filter((row) => !findUserRow(tx, TAG_APPLICATIONS, row)),
  );
  deleteUserRows(tx, TAG_APPLICATIONS, rowsOf(tx, from));
  return moved;
}

function rowsOf(tx: WriteTransaction, tag: number) {
  return applicationsOfTag(tx, tag).map((row) => ({ ...row }));
}

function found(tx: WriteTransaction, id: number): TagRow {
  const tag = tagById(tx, id);
  if (!tag) throw new SdError('NOT_FOUND', 'the tag has been deleted');
  return tag;
}
