import { FILE, FOLDER, SYMLINK } from '../../domain/entry.ts';
import type { State } from '../../domain/query/choices.ts';
import { treeNow } from '../finding/world.ts';
import type { Around } from './around.ts';
import { anyOf } from './combine.ts';
import { isDuplicate } from './duplicate.ts';
import { isDotted, isPrivate } from './hidden.ts';
import { isLocated } from './media.ts';
import type { Predicate } from './predicate.ts';
import { isEmpty, typed } from './rows.ts';
import { byRating, hasNote, isFavorite } from './said.ts';
import { isTagged } from './tagged.ts';

/** What `is:` asks for. */
export function byStates(around: Around, states: readonly string[]): Predicate {
  return anyOf(states.map((state) => STATE_OF[state as State](around)));
}

const STATE_OF: Readonly<Record<State, (around: Around) => Predicate>> = {
  file: () => typed(FILE),
  folder: () => typed(FOLDER),
  symlink: () => typed(SYMLINK),
  hidden: ({ world: { db } }) => {
    const left = isPrivate(db, new Set());
    return anyOf([isDotted(treeNow(db)), ...(left ? [left] : [])]);
  },
  duplicate: ({ world }) => isDuplicate(world.db),
  empty: ({ world: { db } }) =>
    isEmpty((folder) => db.prepare('SELECT 1 FROM entries WHERE parent_id = ? LIMIT 1').get(folder) !== undefined),
  favorite: ({ world }) => isFavorite(world.db),
  tagged: ({ world }) => isTagged(world.db),
  rated: ({ world }) => byRating(world.db, { from: 1 }),
  noted: ({ world }) => hasNote(world.db),
  located: ({ world }) => isLocated(world.db),
};
