import { CANDIDATE_COLUMNS, Candidates, NAME_COLUMNS } from './candidates.ts';
import { choosePlan } from './choose-plan.ts';
import { type EntryFilter, rowCondition } from './filter.ts';
import { type Hit, Matcher } from './matcher.ts';
import { type Plan, Planner } from './planner.ts';
import type { SearchText } from './search-text.ts';
import { childrenOf, countBelow } from './subtree.ts';
import { type SearchWorld, isReady, rootsNow, scopeNow, treeNow } from './world.ts';

export interface Asked {
  readonly text: SearchText;
  readonly filter: EntryFilter;
  /** Whether of hits only what they are called and sorted by is wanted; a filter that needs more gets it. */
  readonly namesOnly?: boolean;
  /** Whether the best by a column of their rows are wanted. */
  readonly sortsRows?: boolean;
}

/** What every way to go through the hits of a search needs, made once. */
export class Prepared {
  readonly world: SearchWorld;
  readonly asked: Asked;
  readonly candidates: Candidates;
  /** `undefined`: there is no index of the names to use. */
  readonly planner: Planner | undefined;
  readonly plan: Plan;
  readonly matcher: Matcher;
  /** The folders to look in, where that is not all of them. */
  readonly scope: ReadonlySet<number> | undefined;
  readonly indexReady: boolean;

  constructor(world: SearchWorld, asked: Asked) {
    const { db, check } = world;
    const { text, filter, namesOnly } = asked;
    this.world = world;
    this.asked = asked;
    const meta = world.names?.current();
    const index = meta?.state === 'ready' ? meta : undefined;
    const columns = namesOnly && !filter.where ? NAME_COLUMNS : CANDIDATE_COLUMNS;
    this.candidates = new Candidates({ db, index, text, condition: rowCondition(filter), columns, check });
    this.planner = index && new Planner(db, index.docs, filter.extensions ?? []);
    this.plan = choosePlan(world, filter, {
      byName: this.planner?.plan(text) ?? { by: 'scan' },
      lastId: this.candidates.lastId,
      sortsRows: asked.sortsRows ?? false,
    });
    this.scope = filter.below === undefined ? undefined : scopeNow(db, filter.below);
    this.matcher = new Matcher({ text, filter, tree: treeNow(db), roots: rootsNow(db), scope: this.scope });
    this.indexReady = isReady(index, this.candidates.uncovered);
  }

  /** How many entries lie in the subtree, and how many the plan offers. Sums may be out of date: that costs time, no hits. */
  get inSubtree(): number {
    return countBelow(this.world.db, this.asked.filter.below ?? 0);
  }
  get offered(): number {
    if (this.plan.by === 'index') return this.plan.docs;
    if (this.plan.by === 'ids') return this.plan.most;
    return this.plan.by === 'nothing' ? 0 : Infinity;
  }

  /** Every hit, in no order that matters, by what is least to look at. */
  *all(): Generator<Hit> {
    if (this.scope && this.inSubtree <= this.offered) {
      yield* this.below(this.scope);
      return;
    }
    for (const rows of this.candidates.byId(this.plan, 0, Number.MAX_SAFE_INTEGER)) {
      for (const row of rows) {
        const hit = this.matcher.match(row);
        if (hit) yield hit;
      }
    }
  }

  /** Those among the children of the folders. */
  *below(folders: ReadonlySet<number>): Generator<Hit> {
    const { db, check } = this.world;
    for (const row of childrenOf(db, folders, rowCondition(this.asked.filter), check)) {
      const hit = this.matcher.match(row);
      if (hit) yield hit;
    }
  }
}
