import { FOLDER } from '../../domain/entry.ts';
import { fold } from '../../domain/fold.ts';
import type { NamedValue } from '../../domain/query/query.ts';
import { SdError } from '../../errors.ts';
import { Prepared } from '../finding/prepared.ts';
import { parseText } from '../finding/search-text.ts';
import { foldersBelow } from '../finding/subtree.ts';
import { treeNow } from '../finding/world.ts';
import { type Around, notThere } from './around.ts';
import { anyOf } from './combine.ts';
import { remembered } from './memory.ts';
import type { Predicate } from './predicate.ts';

/** Below one of the folders, at any depth. A path names one folder, a name all that are called so. Throws `NOT_FOUND`. */
export function byFolders(around: Around, values: readonly NamedValue[]): Predicate {
  return anyOf(values.map((value) => below(around, foldersOf(around, value))));
}

/** The folders that are meant, by id. */
export function foldersOf(around: Around, { text, at }: NamedValue): readonly number[] {
  if (isAddress(text)) return [folderAt(around, text, at)];
  const found = foldersNamed(around, text);
  if (found.length === 0) throw notThere('folder', text, at);
  return found;
}

/** Whole paths and addresses, as the system writes them. */
function isAddress(text: string): boolean {
  return /^(\/|[a-z][a-z0-9+.-]*:\/\/|[a-z]:[\\/]|\\\\)/i.test(text);
}

function folderAt({ places }: Around, text: string, at: NamedValue['at']): number {
  try {
    return places.folderAt(text).id;
  } catch (error) {
    if (error instanceof SdError && error.code === 'NOT_FOUND') throw notThere('indexed folder', text, at);
    throw error;
  }
}

/** `Photos`, or the last parts of a path: `2024/Summer`. */
function foldersNamed({ world }: Around, text: string): readonly number[] {
  const parts = fold(text)
    .split('/')
    .filter((part) => part !== '');
  const last = parts.at(-1);
  if (last === undefined) return [];
  return remembered(world.db, ['folders named', parts], ['entries'], () => {
    const tree = treeNow(world.db);
    const named = new Prepared(world, { text: parseText(last), filter: { types: [FOLDER], hidden: true } });
    const value: number[] = [];
    for (const { id } of named.all()) {
      let at: number | null = id;
      const isMeant = parts.toReversed().every((part) => {
        const folder = at === null ? undefined : tree.folder(at);
        at = folder?.parent ?? null;
        return folder !== undefined && fold(folder.name) === part;
      });
      if (isMeant) value.push(id);
    }
    return { value, bytes: value.length * 16 };
  });
}

/** Below one of these folders; they themselves are not. */
function below({ world }: Around, folders: readonly number[]): Predicate {
  const all = foldersBelowAny(world.db, folders);
  return { test: ({ parent }) => parent !== null && all.has(parent) };
}

/** These folders and all below them. */
export function foldersBelowAny(db: Around['world']['db'], folders: readonly number[]): ReadonlySet<number> {
  return remembered(db, ['below', folders], ['entries'], () => {
    const value = foldersBelow(db, folders);
    return { value, bytes: value.size * 40 };
  });
}
