import { basenameOf, isWithin, joinNative, parentOf } from '../domain/native-path.ts';
import { numberedName } from '../domain/numbered-name.ts';

/** What lies at a path: the bytes of a file, or `null` for a folder. */
export type Node = string | null;
export type Policy = 'skip' | 'replace' | 'keep_both' | 'newer' | 'larger';

interface Bringing {
  readonly policy: Policy;
  readonly moves: boolean;
  /** It lies in a folder that comes, too. */
  readonly within: boolean;
}

/** Whether a file takes the place of another because it is newer, or larger: the disk says so. */
export type Wins = (by: 'newer' | 'larger', source: string, target: string) => boolean;

/** Nothing was chosen that fits what meets there. */
export class Undecided extends Error {}

let lastWho = 0;

/** What the disk is to hold, as plainly as it can be said: paths with what lies there, and who it is. */
export class FileTreeModel {
  readonly #nodes = new Map<string, { readonly node: Node; readonly who: number }>();
  readonly #wins: Wins;
  /** What was put into the trash, and is to be found there. */
  trash: string[] = [];
  /** Who of them is in the trash. */
  trashed = new Set<number>();

  constructor(wins: Wins) {
    this.#wins = wins;
  }

  copyOf(): FileTreeModel {
    const copy = new FileTreeModel(this.#wins);
    for (const [path, is] of this.#nodes) copy.#nodes.set(path, is);
    copy.trash = [...this.trash];
    copy.trashed = new Set(this.trashed);
    return copy;
  }

  /** Paths with their bytes. */
  get nodes(): Record<string, Node> {
    return Object.fromEntries([...this.#nodes].map(([path, { node }]) => [path, node]));
  }
  get paths(): string[] {
    return [...this.#nodes.keys()].sort();
  }
  has(path: string): boolean {
    return this.#nodes.has(path);
  }
  at(path: string): Node | undefined {
    return this.#nodes.get(path)?.node;
  }
  who(path: string): number | undefined {
    return this.#nodes.get(path)?.who;
  }
  isFolder(path: string): boolean {
    return this.at(path) === null;
  }
  /** Of a folder, what is directly in it. */
  children(folder: string): string[] {
    return this.paths.filter((path) => parentOf(path) === folder);
  }
  /** A path and all below it. */
  below(path: string): string[] {
    return this.paths.filter((one) => isWithin(one, path));
  }
  bytesBelow(path: string): string[] {
    return this.below(path).flatMap((one) => this.at(one) ?? []);
  }

  /** Something new; of what is there already, new bytes. */
  set(path: string, node: Node): void {
    this.#nodes.set(path, { node, who: this.who(path) ?? ++lastWho });
  }
  remove(path: string): void {
    for (const one of this.below(path)) this.#nodes.delete(one);
  }
  toTrash(path: string): void {
    this.trash.push(...this.bytesBelow(path));
    for (const one of this.below(path)) this.trashed.add(this.who(one) ?? 0);
    this.remove(path);
  }

  copy(source: string, target: string, policy: Policy): void {
    this.#bring(source, target, { policy, moves: false, within: false });
  }
  move(source: string, target: string, policy: Policy): void {
    this.#bring(source, target, { policy, moves: true, within: false });
  }
  rename(from: string, to: string): void {
    const moved = this.below(from).map((path) => [to + path.slice(from.length), this.#nodes.get(path)] as const);
    this.remove(from);
    for (const [path, is] of moved) if (is) this.#nodes.set(path, is);
  }

  /**
   * Coming back from `now`: who is not there and not in the trash was made anew, as was a folder that was taken away
   * for being empty; files that go leave by the trash.
   */
  comesFrom(now: FileTreeModel): void {
    const there = new Set([...now.#nodes.values()].map(({ who }) => who));
    for (const [path, { node, who }] of this.#nodes)
      if (!there.has(who) && !now.trashed.has(who)) this.#nodes.set(path, { node, who: ++lastWho });
    const here = new Set([...this.#nodes.values()].map(({ who }) => who));
    this.trashed = new Set([...this.trashed, ...now.trashed].filter((who) => !here.has(who)));
    for (const { node, who } of now.#nodes.values()) if (node !== null && !here.has(who)) this.trashed.add(who);
  }

  #bring(source: string, target: string, how: Bringing): void {
    const { policy, moves, within } = how;
    if (!this.has(target)) return this.#put(source, target, moves);
    if (this.isFolder(source) && this.isFolder(target)) {
      for (const child of this.children(source))
        this.#bring(child, joinNative(target, basenameOf(child)), { ...how, within: true });
      // What was skipped stays, and its folder with it.
      if (moves && this.children(source).length === 0) this.#nodes.delete(source);
      return;
    }
    if (policy === 'skip') return;
    if (policy === 'keep_both') return this.#put(source, this.#freeName(source, target, within), moves);
    if (policy === 'newer' || policy === 'larger') {
      if (this.isFolder(source) || this.isFolder(target)) throw new Undecided(`a file and a folder meet at ${target}`);
      if (!this.#wins(policy, source, target)) return;
    }
    this.toTrash(target);
    this.#put(source, target, moves);
  }

  /** Of what lies in a folder that comes, no name that lies beside it: that is on its way, too. */
  #freeName(source: string, target: string, within: boolean): string {
    const folder = parentOf(target) ?? '/';
    const beside = parentOf(source) ?? '/';
    for (let number = 2; ; number++) {
      const name = numberedName(basenameOf(target), number, { folder: this.isFolder(source), longest: 255 });
      if (!this.has(joinNative(folder, name)) && (!within || !this.has(joinNative(beside, name))))
        return joinNative(folder, name);
    }
  }

  #put(source: string, target: string, moves: boolean): void {
    if (moves) return this.rename(source, target);
    for (const path of this.below(source)) this.set(target + path.slice(source.length), this.at(path) ?? null);
  }
}
