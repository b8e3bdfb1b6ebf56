import { isDamage } from '../../db/derived-file.ts';
import { liveRoots } from '../../db/library/live-roots.ts';
import type { NamesIndex } from '../../db/names/attached.ts';
import type { NamesMeta } from '../../db/names/meta.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import { FolderTree } from './folder-tree.ts';
import { foldersBelow } from './subtree.ts';

/** What a search reads. */
export interface SearchWorld {
  readonly db: ReadConnection;
  /** `undefined` where this thread has none at hand: searches scan. */
  readonly names: NamesIndex | undefined;
  /** Throws where the search was cancelled; called every few milliseconds. */
  readonly check: () => void;
}

/** What a damaged index of the names would have found is found by scanning. */
export function withoutDamage<T>(world: SearchWorld, find: (world: SearchWorld) => T): T {
  try {
    return find(world);
  } catch (error) {
    if (!world.names || !isDamage(error)) throw error;
    world.names.distrust();
    return find({ ...world, names: undefined });
  }
}

/** What was learnt of the folders, good for one revision of the library. */
interface Learnt {
  readonly revision: number;
  readonly tree: FolderTree;
  readonly roots: { readonly ids: readonly number[]; readonly complete: boolean };
  /** The last subtree that was searched. */
  scope?: { readonly id: number; readonly folders: ReadonlySet<number> };
}

const learnt = new WeakMap<ReadConnection, Learnt>();

/** The folders as they are now, from memory where nothing has been written since. */
export function treeNow(db: ReadConnection): FolderTree {
  return learn(db).tree;
}

/** Root entries of the locations; `undefined` where every entry is below one, so that none has to be followed up. */
export function rootsNow(db: ReadConnection): ReadonlySet<number> | undefined {
  const { roots } = learn(db);
  return roots.complete ? undefined : new Set(roots.ids);
}

/** The folder and all folders below it; `undefined` where that is all there are. */
export function scopeNow(db: ReadConnection, id: number): ReadonlySet<number> | undefined {
  const known = learn(db);
  if (known.roots.complete && known.roots.ids.length === 1 && known.roots.ids[0] === id) return undefined;
  if (known.scope?.id !== id) known.scope = { id, folders: foldersBelow(db, [id]) };
  return known.scope.folders;
}

function learn(db: ReadConnection): Learnt {
  const revision = db.prepare<{ revision: number }>('SELECT revision FROM write_state').get()?.revision ?? 0;
  const known = learnt.get(db);
  if (known?.revision === revision) return known;
  const fresh: Learnt = { revision, tree: new FolderTree(db), roots: liveRoots(db) };
  learnt.set(db, fresh);
  return fresh;
}

/** Whether the index has all that there is, as clients are told. */
export function isReady(meta: NamesMeta | undefined, uncovered: number): boolean {
  return meta?.state === 'ready' && uncovered <= NEARLY_ALL_IDS;
}

/** A few new entries are scanned in no time. */
const NEARLY_ALL_IDS = 4096;
