import { isHidden, nameOfStored } from '../../domain/entry.ts';
import { fold } from '../../domain/fold.ts';
import type { Subject } from '../filtering/predicate.ts';
import type { Candidate } from './candidates.ts';
import type { EntryFilter } from './filter.ts';
import type { FolderTree } from './folder-tree.ts';
import { type SearchText, type Tier, tierOf } from './search-text.ts';

/** An entry that was searched for. */
export interface Hit {
  readonly id: number;
  readonly parent: number | null;
  /** As a native name. */
  readonly name: string;
  readonly size: number;
  readonly mtime: number;
  /** This and what follows is told where all columns were asked for, see `Candidate`. */
  readonly type: number;
  readonly kind: number;
  readonly content: number | null;
  readonly tier: Tier;
}

export interface MatcherParts {
  readonly text: SearchText;
  readonly filter: EntryFilter;
  readonly tree: FolderTree;
  /** The folders among which a hit must be; `undefined`: anywhere. */
  readonly scope: ReadonlySet<number> | undefined;
  /** Root entries of the locations; `undefined`: every entry belongs to one. */
  readonly roots: ReadonlySet<number> | undefined;
}

/** Decides whether a candidate is a hit: what the row's condition could not tell. */
export class Matcher {
  readonly #parts: MatcherParts;
  readonly #endings: readonly string[] | undefined;

  constructor(parts: MatcherParts) {
    this.#parts = parts;
    this.#endings = parts.filter.extensions?.map((extension) => `.${extension}`);
  }

  /** Whether the row's condition tells all. */
  get trivial(): boolean {
    const { text, filter, roots } = this.#parts;
    if (filter.where) return false;
    return text.words.length === 0 && !this.#endings && filter.hidden && filter.below === undefined && !roots;
  }

  match(candidate: Candidate): Hit | undefined {
    const { text, filter, scope } = this.#parts;
    const parent = candidate.parent_id;
    const members = filter.where?.members;
    if (members && !members.has(candidate.id, candidate.content_id ?? null)) return undefined;
    if (filter.below !== undefined && parent === null) return undefined;
    if (scope && !scope.has(parent ?? 0)) return undefined;
    const name = nameOfStored(candidate.name);
    const folded = fold(name);
    for (const word of text.words) if (!folded.includes(word)) return undefined;
    if (this.#endings && !this.#endings.some((ending) => folded.endsWith(ending) && folded.length > ending.length))
      return undefined;
    if (!filter.hidden && this.#isHidden(name, parent)) return undefined;
    if (!this.#isLocated(candidate.id, parent)) return undefined;
    if (filter.where && !filter.where.test(subjectOf(candidate, folded))) return undefined;
    const { id, type = 0, kind = 0, size, mtime, content_id: content = null } = candidate;
    return { id, parent, name, type, kind, size, mtime, content, tier: tierOf(folded, text) };
  }

  #isHidden(name: string, parent: number | null): boolean {
    return parent !== null && (isHidden(name) || (this.#parts.tree.folder(parent)?.hidden ?? false));
  }

  #isLocated(id: number, parent: number | null): boolean {
    const { roots, tree } = this.#parts;
    if (!roots) return true;
    const root = parent === null ? id : tree.folder(parent)?.root;
    return root !== undefined && roots.has(root);
  }
}

function subjectOf(candidate: Candidate, folded: string): Subject {
  const { id, parent_id: parent, type = 0, kind = 0, size, mtime, content_id: content = null } = candidate;
  return { id, parent, folded, type, kind, size, mtime, content };
}
