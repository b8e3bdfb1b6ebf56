import { fold } from '../../domain/fold.ts';
import { uuidSchema, uuidToText } from '../../domain/ids.ts';
import { nearest } from '../../domain/suggest.ts';
import { SdError } from '../../errors.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { type TagRow, aliasesOf, labelOf, tagByUuid, tagsNamed, tagsWithOtherNames } from './tags.ts';

/**
 * The tags that a text means: by its id; else by their whole name; else by an alias; else by their abbreviation, case
 * and accents aside. `work/project` and `work:project` name the namespace too, and `/project` the one that all share.
 */
export function tagsMeant(db: ReadConnection, text: string): TagRow[] {
  if (uuidSchema.safeParse(text.toLowerCase()).success) {
    const tag = tagByUuid(db, text.toLowerCase());
    if (tag) return [tag];
  }
  const whole = called(db, text);
  if (whole.length > 0) return whole;
  const { namespace, name } = apart(text);
  if (namespace === undefined) return [];
  return called(db, name).filter((tag) => fold(tag.namespace) === fold(namespace));
}

/**
 * The one tag that a text means. Where several are called so, the one that `around` (ids of tags on the same targets)
 * has among it or linked to it. Throws `NOT_FOUND`, and `CONFLICT` with the candidates where it stays open.
 */
export function resolveTag(db: ReadConnection, text: string, around: ReadonlySet<number> = new Set()): TagRow {
  const meant = tagsMeant(db, text);
  const [only] = meant;
  if (!only) throw unknownTag(db, text);
  if (meant.length === 1) return only;
  const fitting = fittingBest(db, meant, around);
  if (fitting) return fitting;
  const candidates = meant.map(labelOf);
  throw new SdError('CONFLICT', `${meant.length} tags are called "${text}": ${candidates.join(', ')}`, {
    candidates: meant.map((tag) => ({ name: named(tag), id: uuidToText(tag.uuid) })),
    way_out: `say which: ${meant.map(named).join(' or ')}`,
  });
}

/** A name that means this tag and no other of the same name. */
export function named(tag: TagRow): string {
  return tag.namespace === '' ? `/${tag.name}` : labelOf(tag);
}

/** The namespace and the name of a text; no namespace where it names none. */
export function apart(text: string): { namespace: string | undefined; name: string } {
  const at = text.search(/[/:]/);
  return at < 0
    ? { namespace: undefined, name: text }
    : { namespace: text.slice(0, at).trim(), name: text.slice(at + 1).trim() };
}

function unknownTag(db: ReadConnection, text: string): SdError {
  const names = db.prepare<{ name: string }>('SELECT name FROM tags ORDER BY id DESC LIMIT 2000').all();
  const near = nearest(
    text,
    names.map(({ name }) => name),
  );
  return new SdError('NOT_FOUND', `there is no tag "${text}"`, {
    tag: text,
    way_out: near ? `did you mean "${near}"?` : 'sd tag create makes it, sd tag list shows those there are',
  });
}

function called(db: ReadConnection, name: string): TagRow[] {
  const exact = tagsNamed(db, name);
  if (exact.length > 0) return exact;
  const folded = fold(name);
  const others = tagsWithOtherNames(db);
  const aliased = others.filter((tag) => aliasesOf(tag).some((alias) => fold(alias) === folded));
  if (aliased.length > 0) return aliased;
  return others.filter(({ abbreviation }) => abbreviation !== null && fold(abbreviation) === folded);
}

function fittingBest(db: ReadConnection, meant: readonly TagRow[], around: ReadonlySet<number>): TagRow | undefined {
  if (around.size === 0) return undefined;
  const among = meant.filter(({ id }) => around.has(id));
  if (among.length > 0) return among.length === 1 ? among[0] : undefined;
  const near = meant.filter(({ id, namespace }) => isNear(db, id, namespace, around));
  return near.length === 1 ? near[0] : undefined;
}

/** Linked to one of them, or in a namespace of one of them. */
function isNear(db: ReadConnection, tag: number, namespace: string, around: ReadonlySet<number>): boolean {
  const list = JSON.stringify([...around]);
  const found = db
    .prepare(
      `SELECT 1 FROM tag_links WHERE tag_id = ? AND other_id IN (SELECT value FROM json_each(?))
       UNION ALL SELECT 1 FROM tag_links WHERE other_id = ? AND tag_id IN (SELECT value FROM json_each(?))
       UNION ALL SELECT 1 FROM tags WHERE ? <> '' AND namespace = ? AND id IN (SELECT value FROM json_each(?)) LIMIT 1`,
    )
    .get(tag, list, tag, list, namespace, namespace, list);
  return found !== undefined;
}
