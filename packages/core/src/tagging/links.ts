import { TAG_LINKS, isAbove, linksOf, parentLink, refuseCycle, relationLink } from '../db/library/tag-links.ts';
import { deleteUserRow, putUserRow } from '../db/library/user-rows.ts';
import type { WriteTransaction } from '../db/write.ts';
import type { TagRelation } from '../domain/tag.ts';
import { SdError } from '../errors.ts';

/** Throws `CONFLICT` where a tag would be above itself. */
export function addParent(tx: WriteTransaction, tag: number, parent: number): void {
  refuseCycle(tx, tag, parent);
  putUserRow(tx, TAG_LINKS, parentLink(tag, parent));
}

export function removeParent(tx: WriteTransaction, tag: number, parent: number): void {
  deleteUserRow(tx, TAG_LINKS, parentLink(tag, parent));
}

/** Related tags and synonyms. Throws `CONFLICT` for a tag and itself. */
export function relate(tx: WriteTransaction, one: number, relation: TagRelation, other: number): void {
  if (one === other) throw new SdError('CONFLICT', 'a tag is not linked to itself');
  putUserRow(tx, TAG_LINKS, relationLink(one, relation, other));
}

export function unrelate(tx: WriteTransaction, one: number, relation: TagRelation, other: number): void {
  deleteUserRow(tx, TAG_LINKS, relationLink(one, relation, other));
}

/** Takes a tag out of the graph: what was below it comes below what was above it. */
export function unlink(tx: WriteTransaction, tag: number): void {
  const links = linksOf(tx, tag);
  for (const link of links) deleteUserRow(tx, TAG_LINKS, { ...link });
  const parents = links.filter(({ kind, tag_id }) => kind === 'parent' && tag_id === tag);
  const children = links.filter(({ kind, other_id }) => kind === 'parent' && other_id === tag);
  for (const child of children) for (const parent of parents) addParent(tx, child.tag_id, parent.other_id);
}

/** Gives all edges of one tag to another, but for those that would lead it to itself or above itself. */
export function relink(tx: WriteTransaction, from: number, into: number): void {
  const links = linksOf(tx, from);
  for (const link of links) deleteUserRow(tx, TAG_LINKS, { ...link });
  for (const { tag_id, kind, other_id } of links) {
    const [tag, other] = [tag_id === from ? into : tag_id, other_id === from ? into : other_id];
    if (tag === other) continue;
    if (kind !== 'parent') putUserRow(tx, TAG_LINKS, relationLink(tag, kind as TagRelation, other));
    else if (!isAbove(tx, tag, other)) putUserRow(tx, TAG_LINKS, parentLink(tag, other));
  }
}
