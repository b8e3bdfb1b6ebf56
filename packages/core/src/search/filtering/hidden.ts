import type { ReadConnection } from '../../ports/sqlite.ts';
import type { FolderTree } from '../finding/folder-tree.ts';
import { FOLDER } from '../../domain/entry.ts';
import { foldersBelowAny } from './folders.ts';
import { remembered } from './memory.ts';
import type { Members, Predicate } from './predicate.ts';
import { isSaidHidden } from './said.ts';
import { privateTagsBut, withTags } from './tagged.ts';
import { anyOf } from './combine.ts';

/** A name that begins with a dot, or what lies below such a folder. A location's root, which somebody chose, never is. */
export function isDotted(tree: FolderTree): Predicate {
  return {
    test: ({ parent, folded }) => parent !== null && (folded.startsWith('.') || (tree.folder(parent)?.hidden ?? false)),
  };
}

/**
 * What people want left out unless they ask: said to be hidden, or with a privacy tag, or below such a folder. `asked`:
 * tags that are asked for, whose files are not left out for having them. `undefined`: there is nothing of the kind.
 */
export function isPrivate(db: ReadConnection, asked: ReadonlySet<number>): Predicate | undefined {
  const tags = privateTagsBut(db, asked);
  const itself = anyOf([isSaidHidden(db), ...(tags.length > 0 ? [withTags(db, tags)] : [])]);
  const { members } = itself;
  if (!members?.named || members.named.most === 0) return undefined;
  const folders = foldersBelowAny(db, foldersAmong(db, members, tags));
  return {
    test: (entry) => members.has(entry.id, entry.content) || (entry.parent !== null && folders.has(entry.parent)),
  };
}

/** Folders have no content: only what is said of themselves hides them. */
function foldersAmong(db: ReadConnection, members: Members, tags: readonly number[]): readonly number[] {
  return remembered(db, ['private folders', tags], ['entries', 'metadata', 'tag_applications'], () => {
    const ids = Array.from(members.named?.entries ?? []).filter((id) => members.has(id, null));
    const value = db
      .prepare<{ id: number }>(
        `SELECT e.id FROM json_each(?) l CROSS JOIN entries e ON e.id = l.value WHERE e.type = ${FOLDER}`,
      )
      .all(JSON.stringify(ids))
      .map(({ id }) => id);
    return { value, bytes: value.length * 16 };
  });
}
