import { FOLDER } from '../../domain/entry.ts';
import { joinNative } from '../../domain/native-path.ts';
import type { StepFacts } from '../../domain/step.ts';
import { asSdError } from '../../errors.ts';
import { factsOf } from '../facts-of.ts';
import type { IndexedChild } from './indexed-tree.ts';
import { Landing, type Met } from './landing.ts';
import { FolderLister, type Listed } from './listing.ts';
import type { Located } from './locate.ts';
import { Losses } from './losses.ts';
import type { PlanningParts } from './parts.ts';
import { ownFolders } from './refusals.ts';
import { several } from './warnings.ts';

/** A folder that is taken apart: its copy is made, and what is in it comes into that one by one. */
export interface Apart {
  /** Native path. */
  readonly path: string;
  readonly item: Listed;
  /** What the index knows of it. */
  readonly known: IndexedChild | undefined;
  /** Where it comes to, under which name, and what it meets there. */
  readonly landing: Landing;
  readonly target: string;
  readonly met: Met;
  /** The step of the folder it lies in; absent at the top, where both names are native paths. */
  readonly parent: number | undefined;
}

/** A source, which has no folder of this plan above it. */
export function atTop(
  { path, name, facts, known }: Located,
  coming: { readonly landing: Landing; readonly target: string; readonly met: Met },
): Apart {
  return { path, item: { name, facts: factsOf(facts), links: facts.links }, known, parent: undefined, ...coming };
}

interface Leaving {
  readonly seq: number;
  readonly folder: Apart;
}

/** Files of one content, what they weigh, and how many of them lie on the target's file system. */
export interface CopiedContent {
  files: number;
  bytes: number;
  here: number;
}

/** Socket, device or pipe. */
const OTHER = 3;

/** Plans what becomes of trees of files: copied, or moved piece by piece where one rename does not do. */
export class TreeTransfer {
  /** Contents of files that are copied. */
  readonly contents = new Map<number, CopiedContent>();
  readonly #parts: PlanningParts;
  readonly #copying: boolean;
  readonly #lister: FolderLister;
  readonly #losses: Losses;
  readonly #own: ReadonlySet<string>;

  constructor(parts: PlanningParts, copying: boolean) {
    this.#parts = parts;
    this.#copying = copying;
    this.#lister = new FolderLister(parts.files);
    this.#losses = new Losses(parts);
    this.#own = new Set(ownFolders(parts));
  }

  folder(top: Apart): void {
    const waiting: (Apart | Leaving)[] = [top];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if ('seq' in next) this.#leave(next);
      else this.#enter(next, waiting);
    }
  }

  /** One file or link, or a folder that goes in one step. */
  single(one: Apart, renames: boolean): void {
    const { out } = this.#parts;
    const { item, known, landing, target, met, path } = one;
    if (!renames && item.facts.type === OTHER) {
      this.#parts.warnings.count(
        'special',
        () => path,
        (n, first) => `${several(n, 'socket, device or pipe is', 'sockets, devices or pipes are')} left out (${first})`,
      );
      return;
    }
    const kind = renames ? 'rename' : this.#copying ? 'copy' : 'move';
    out.add({ kind, ...named(one), facts: item.facts, entry: known?.id, ...met });
    if (renames) return this.#losses.path(() => path, target, landing.path, landing.limits);
    out.count(item.facts, item.facts.size);
    if (known?.content) this.#noteContent(known.content, item.facts, landing);
    this.#losses.look(() => path, item, target, landing.path, landing.limits);
  }

  #enter(folder: Apart, waiting: (Apart | Leaving)[]): void {
    const { out, files, disk, warnings, index } = this.#parts;
    this.#parts.checkCancelled();
    const { path, item, landing, met } = folder;
    let children: Listed[];
    try {
      children = this.#lister.list(path);
    } catch (error) {
      if (folder.parent === undefined) throw error;
      const { message } = asSdError(error);
      warnings.count(
        'unreadable',
        () => path,
        (n, first) =>
          `${several(n, 'folder')} cannot be read and ${n === 1 ? 'stays' : 'stay'} behind (${first}: ${message})`,
      );
      return;
    }
    const seq = out.add({ kind: 'make_folder', ...named(folder), facts: item.facts, entry: folder.known?.id, ...met });
    out.count(item.facts);
    this.#losses.look(() => path, { ...item, links: 1 }, folder.target, landing.path, landing.limits);
    if (!this.#copying) {
      waiting.push({ seq, folder });
      if (!files.mayWriteIn(path))
        warnings.count(
          'kept',
          () => path,
          (n, first) => `what is in ${several(n, 'folder')} cannot be taken out of there and stays too (${first})`,
        );
    }
    const at = landing.within(folder.target);
    const inside =
      met.conflict === 'folder'
        ? Landing.there(this.#atThere(at, met), {
            disk,
            lister: this.#lister,
            expected: children.length,
            anywhere: false,
          })
        : Landing.made(at);
    const indexed = folder.known && index.children(folder.known.id);
    const renames = !this.#copying && disk.renames({ path, device: item.facts.device }, inside);
    const below: Apart[] = [];
    for (const child of children) {
      const apart = this.#child(folder, seq, child, inside, indexed?.get(child.name));
      if (apart === undefined) continue;
      const whole = renames && child.facts.device === item.facts.device;
      if (child.facts.type === FOLDER && !(whole && apart.met.conflict !== 'folder')) below.push(apart);
      else this.single(apart, whole);
      if (whole && apart.met.conflict !== 'folder') this.#countWhole(apart);
    }
    for (const apart of below.reverse()) waiting.push(apart);
  }

  #child(
    folder: Apart,
    parent: number,
    item: Listed,
    landing: Landing,
    known: IndexedChild | undefined,
  ): Apart | undefined {
    const { warnings } = this.#parts;
    const path = joinNative(folder.path, item.name);
    if (this.#own.has(path)) {
      warnings.say('the data of the library itself is left out');
      return undefined;
    }
    if (item.facts.device !== folder.item.facts.device && item.facts.type === FOLDER)
      warnings.count(
        'mounted',
        () => path,
        (n, first) =>
          `${several(n, 'other file system is', 'other file systems are')} mounted below (${first}): what is on ${n === 1 ? 'it' : 'them'} is ${this.#copying ? 'copied' : 'moved piece by piece'}`,
      );
    return {
      path,
      item,
      known,
      landing,
      target: item.name,
      met: landing.meets(item.name, item.facts),
      parent,
    };
  }

  #noteContent(content: number, { size, device }: StepFacts, landing: Landing): void {
    const noted = this.contents.get(content) ?? { files: 0, bytes: 0, here: 0 };
    noted.files++;
    noted.bytes += size;
    if (device === landing.device) noted.here++;
    this.contents.set(content, noted);
  }

  /** A folder that is there may be another file system's than the one it lies in. */
  #atThere(at: ReturnType<Landing['within']>, { there }: Met): ReturnType<Landing['within']> {
    if (!there || there.device === at.device) return at;
    return { ...at, device: there.device, limits: this.#parts.disk.limits({ path: at.path, device: there.device }) };
  }

  #countWhole({ item, known }: Apart): void {
    const { out, index } = this.#parts;
    out.count(item.facts);
    const sums = known && item.facts.type === FOLDER ? index.sums(known.id) : undefined;
    if (sums) out.countBelow(sums);
  }

  #leave({ seq, folder }: Leaving): void {
    this.#parts.out.add({ kind: 'remove_folder', parent: seq, facts: folder.item.facts, entry: folder.known?.id });
  }
}

/** At the top names are native paths; below, a name that stays the same is not said twice. */
function named({ path, item, landing, target, parent }: Apart): { parent?: number; name: string; target?: string } {
  if (parent === undefined) return { name: path, target: joinNative(landing.path, target) };
  return { parent, name: item.name, ...(target === item.name ? {} : { target }) };
}
