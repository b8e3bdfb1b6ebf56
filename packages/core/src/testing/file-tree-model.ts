import { basenameOf, isWithin, joinNative, parentOf } from '../domain/native-path.ts';
import { numberedName } from '../domain/numbered-name.ts';

/** What lies at a path: the bytes of a file, or `null` for a folder. */
export type Node = string | null;
export type Policy = 'skip' | 'replace' | 'keep_both';

interface Bringing {
  readonly policy: Policy;
  readonly moves: boolean;
  /** It lies in a folder that comes, too. */
  readonly within: boolean;
}

/** What the disk is to hold, as plainly as it can be said: paths with what lies there. */
export class FileTreeModel {
  nodes = new Map<string, Node>();
  /** What was put into the trash, and is to be found there. */
  trash: string[] = [];

  copyOf(): FileTreeModel {
    const copy = new FileTreeModel();
    copy.nodes = new Map(this.nodes);
    copy.trash = [...this.trash];
    return copy;
  }

  has(path: string): boolean {
    return this.nodes.has(path);
  }
  isFolder(path: string): boolean {
    return this.nodes.get(path) === null;
  }
  /** Of a folder, what is directly in it. */
  children(folder: string): string[] {
    return [...this.nodes.keys()].filter((path) => parentOf(path) === folder).sort();
  }
  /** A path and all below it. */
  below(path: string): string[] {
    return [...this.nodes.keys()].filter((one) => isWithin(one, path));
  }
  remove(path: string): void {
    for (const one of this.below(path)) this.nodes.delete(one);
  }
  bytesBelow(path: string): string[] {
    return this.below(path).flatMap((one) => this.nodes.get(one) ?? []);
  }

  toTrash(path: string): void {
    this.trash.push(...this.bytesBelow(path));
    this.remove(path);
  }

  copy(source: string, target: string, policy: Policy): void {
    this.#bring(source, target, { policy, moves: false, within: false });
  }
  move(source: string, target: string, policy: Policy): void {
    this.#bring(source, target, { policy, moves: true, within: false });
  }

  rename(from: string, to: string): void {
    const moved = this.below(from).map((path) => [to + path.slice(from.length), this.nodes.get(path) ?? null] as const);
    this.remove(from);
    for (const [path, node] of moved) this.nodes.set(path, node);
  }

  #bring(source: string, target: string, how: Bringing): void {
    const { policy, moves, within } = how;
    if (!this.has(target)) return this.#put(source, target, moves);
    if (this.isFolder(source) && this.isFolder(target)) {
      for (const child of this.children(source))
        this.#bring(child, joinNative(target, basenameOf(child)), { ...how, within: true });
      // What was skipped stays, and its folder with it.
      if (moves && this.children(source).length === 0) this.nodes.delete(source);
      return;
    }
    if (policy === 'skip') return;
    if (policy === 'keep_both') return this.#put(source, this.#freeName(source, target, within), moves);
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
    for (const path of this.below(source))
      this.nodes.set(target + path.slice(source.length), this.nodes.get(path) ?? null);
  }
}
