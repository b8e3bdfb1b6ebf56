import { freshId } from '../db/library/fresh-id.ts';
import { TAGS, type TagRow, aliasesOf, labelOf, twinOf } from '../db/library/tags.ts';
import { putUserRow } from '../db/library/user-rows.ts';
import type { WriteTransaction } from '../db/write.ts';
import { fold } from '../domain/fold.ts';
import type { TagKind } from '../domain/tag.ts';
import { SdError } from '../errors.ts';

/** What a tag is made from; what is absent is empty. */
export interface TagDraft {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly aliases?: readonly string[] | undefined;
  readonly abbreviation?: string | undefined;
  readonly color?: string | undefined;
  readonly icon?: string | undefined;
  readonly description?: string | undefined;
  readonly kind?: TagKind | undefined;
}

/** What changes in a tag: `null` empties a field. */
export type TagChange = Partial<
  Pick<TagRow, 'name' | 'namespace' | 'abbreviation' | 'color' | 'icon' | 'description' | 'kind'>
> & {
  readonly aliases?: readonly string[];
};

/** Throws `ALREADY_EXISTS`. */
export function createTag(tx: WriteTransaction, draft: TagDraft, uuid: Uint8Array, now: number): TagRow {
  const { name, namespace = '' } = draft;
  const row: TagRow = {
    id: freshId(tx, 'tags', now),
    uuid,
    name,
    namespace,
    folded: fold(name),
    aliases: JSON.stringify(otherNames(draft.aliases ?? [], name)),
    abbreviation: draft.abbreviation ?? null,
    color: draft.color ?? null,
    icon: draft.icon ?? null,
    description: draft.description ?? null,
    kind: draft.kind ?? 'standard',
    created_at: now,
  };
  put(tx, row);
  return row;
}

/** Throws `ALREADY_EXISTS`, and `CONFLICT` for a tag of the system. */
export function changeTag(tx: WriteTransaction, tag: TagRow, change: TagChange): TagRow {
  refuseSystem(tag);
  const { aliases = aliasesOf(tag), ...fields } = change;
  const name = fields.name ?? tag.name;
  const row: TagRow = { ...tag, ...fields, folded: fold(name), aliases: JSON.stringify(otherNames(aliases, name)) };
  put(tx, row);
  return row;
}

export function refuseSystem(tag: TagRow): void {
  if (tag.kind === 'system')
    throw new SdError('CONFLICT', `"${labelOf(tag)}" is a tag of the system: it cannot be changed or taken away`);
}

/** Each once, however it is written, and not the name itself. */
function otherNames(aliases: readonly string[], name: string): string[] {
  const seen = new Set([fold(name)]);
  return aliases.filter((alias) => {
    const folded = fold(alias);
    if (seen.has(folded)) return false;
    seen.add(folded);
    return true;
  });
}

function put(tx: WriteTransaction, row: TagRow): void {
  const twin = twinOf(tx, row.name, row.namespace, row.id);
  if (twin) throw new SdError('ALREADY_EXISTS', `there is a tag "${labelOf(twin)}" already`);
  putUserRow(tx, TAGS, { ...row });
}
