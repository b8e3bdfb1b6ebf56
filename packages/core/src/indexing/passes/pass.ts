import { FOLDER } from '../../domain/entry.ts';
import { updateRootEntry } from '../../db/library/root-entry.ts';
import type { WriteTransaction } from '../../db/write.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FileFacts, ReadFiles } from '../../ports/files.ts';
import { MODIFIED } from '../batch.ts';
import { displacedFrom } from '../displaced.ts';
import type { Standing } from '../folder-walker.ts';
import { IndexChange } from '../index-change.ts';
import { type KnownChild, KnownChildren } from '../known-children.ts';
import type { LibraryWriter } from '../library-writer.ts';
import { rollUp } from '../roll-up.ts';
import type { WalkFolder } from '../scan-protocol.ts';
import { LocationPass } from './location-pass.ts';
import { otherNames, otherNamesUnknown } from './other-names.ts';
import type { FolderChanges } from './pass-output.ts';
import type { LiveLocation, Places } from './places.ts';
import { SignatureChanges } from './signature-changes.ts';
import { type PassSettling, type Settled, settlePass } from './settle-pass.ts';
import { Unsettling } from './unsettling.ts';

export interface PassParts {
  readonly files: ReadFiles;
  readonly clock: Clock;
  readonly writer: LibraryWriter;
  readonly places: Places;
  /** Whether the location is there now. */
  isThere(location: LiveLocation): boolean;
  /** Called before a folder that is walked is listed, so that it can be watched from before on. Answers whether it was not. */
  entering(location: LiveLocation, folder: WalkFolder, standing: Standing): boolean;
  /** Ids from here on were given since all was settled. */
  readonly firstNewId: number;
  /** Ids of the locations whose scan left what is missing to this pass. */
  readonly left: ReadonlySet<number>;
}

export interface PassReport extends Settled {
  readonly locations: readonly {
    readonly location: LiveLocation;
    /** By the id of the folder. */
    readonly changes: ReadonlyMap<number, FolderChanges>;
    readonly movedFolders: number;
  }[];
}

interface Walk {
  readonly location: LiveLocation;
  readonly folder: WalkFolder;
  readonly standing: Standing;
  readonly deep: boolean;
}

/**
 * Looks at single folders again, in any location of the library, and brings the index up to date with what is there, all
 * in this thread. What is missing is only noted: `settle` decides, once everything that may have changed was looked at.
 */
export class Pass {
  readonly #parts: PassParts;
  readonly #known: KnownChildren;
  readonly #change: IndexChange;
  readonly #signatures: SignatureChanges;
  readonly #unsettling: Unsettling;
  readonly #locations = new Map<number, LocationPass | undefined>();
  readonly #asked = new Map<number, boolean>();
  readonly #walks: Walk[] = [];
  /** Folders whose rows may wait to be written. */
  readonly #looked = new Set<number>();
  /** Folders that were not watched when the folder above them was listed: their time may have changed since. */
  readonly #unseen = new Set<number>();
  readonly #rootFacts = new Map<number, FileFacts>();
  /** Folders that were looked at with all that is below them. */
  readonly #deep = new Set<number>();

  constructor(parts: PassParts) {
    this.#parts = parts;
    this.#known = new KnownChildren(parts.writer.db);
    this.#change = new IndexChange(parts.writer);
    this.#signatures = new SignatureChanges(this.#known);
    this.#unsettling = new Unsettling(parts.writer.db, parts.firstNewId, parts.left);
  }

  /** `deep`: with all that is below it. */
  add(folder: number, deep = false): void {
    this.#asked.set(folder, deep || this.#asked.get(folder) === true);
  }

  /** Looks at what was added until there is no more, or `mayGoOn` says no. Answers whether all was looked at. */
  work(mayGoOn: () => boolean): boolean {
    for (;;) {
      const walk = this.#walks.pop();
      const asked = walk ? undefined : this.#asked.entries().next().value;
      if (!walk && !asked) break;
      if (walk) this.#walk(walk);
      else if (asked) {
        this.#asked.delete(asked[0]);
        this.#lookAt(...asked);
      }
      if (!mayGoOn()) return false;
    }
    this.#flush();
    for (const id of this.#unseen) this.#lookAtTime(id);
    this.#unseen.clear();
    this.#lookAtOtherNames();
    return this.#asked.size === 0 || this.work(mayGoOn);
  }

  /** How many entries were not where the index has them. */
  get missing(): number {
    const passes = this.#passes();
    const roots = passes.map(({ location }) => location.root);
    const displaced = displacedFrom(this.#parts.writer.db, roots).size;
    return passes.reduce((sum, { output }) => sum + output.missingCount, displaced);
  }

  /**
   * Decides on what is missing: what turned up elsewhere keeps its identity, the rest leaves the index. Then the sums
   * are made anew. `removing` is told of each entry before it goes.
   */
  settle(brake: Pick<PassSettling, 'removedLately'>, removing: (id: number) => void): PassReport {
    return this.#settle({ ...brake, removing });
  }

  /**
   * In place of `settle`, for who cannot tell what others have moved meanwhile: what is missing stays so, for a watcher
   * or a scan to decide on, but in folders that were looked at with all that is below them.
   */
  leave(): PassReport {
    return this.#settle({ removedLately: () => 0, removing: () => {}, decides: (folder) => this.#deep.has(folder) });
  }

  #settle(how: Pick<PassSettling, 'removedLately' | 'removing' | 'decides'>): PassReport {
    const { writer, firstNewId, clock, files, places, left } = this.#parts;
    // Their scans have looked at them, and where only a name was lost no folder of theirs is left to look at.
    for (const location of places.locations) if (left.has(location.id)) this.#locationPass(location);
    const settled = settlePass({
      ...how,
      writer,
      files,
      now: clock.now(),
      // Where the disk went away meanwhile nothing was listed, which says nothing.
      passes: this.#passes().filter(({ location, root }) => {
        const now = this.#facts(location.path);
        return now?.inode === root.inode && now.device === root.device;
      }),
      found: this.#change.found,
      firstNewId,
    });
    for (const folder of otherNames(writer.db, settled.linked)) this.add(folder);
    this.work(() => true);
    if (this.#unsettling.begun && !settled.undecided) writer.write((tx) => this.#unsettling.end(tx));
    rollUp(writer, () => {});
    return {
      ...settled,
      locations: this.#passes().map(({ location, output }) => ({
        location,
        changes: output.changes,
        movedFolders: output.movedFolders,
      })),
    };
  }

  #passes(): LocationPass[] {
    return [...this.#locations.values()].filter((pass) => pass !== undefined);
  }

  #lookAt(id: number, deep: boolean): void {
    if (this.#looked.has(id)) this.#flush();
    const place = this.#parts.places.of(id);
    const pass = place && this.#locationPass(place.location);
    if (!place || !pass) return;
    const { location, path } = place;
    if (id === location.root) {
      // Nobody above looks at the facts of the root.
      this.#rootFacts.set(id, pass.root);
      return this.#walk({ location, folder: { id, path, known: true }, standing: 'known', deep });
    }
    const facts = this.#facts(path);
    const row = this.#known.one(id);
    if (row?.parent_id == null) return;
    if (facts?.type !== FOLDER || facts.inode !== row.inode) return this.add(row.parent_id);
    if (facts.mtime !== row.mtime && row.links === 0) this.#noteTime(pass, row, row.parent_id, facts.mtime);
    this.#walk({ location, folder: { id, path, known: true }, standing: 'known', deep });
  }

  /** The time of a folder shows in the one above, which need not be listed for it. */
  #noteTime(pass: LocationPass, row: KnownChild & { kind: number }, parent: number, mtime: number): void {
    if (!this.#looked.has(parent)) this.#signatures.note(row, parent, mtime);
    pass.output.row({ ...row, parent, mtime, change: MODIFIED });
  }
  #lookAtTime(id: number): void {
    const [place, row] = [this.#parts.places.of(id), this.#known.one(id)];
    const pass = place && this.#locationPass(place.location);
    const facts = place && this.#facts(place.path);
    if (!pass || row?.parent_id == null || facts?.inode !== row.inode || row.links !== 0) return;
    if (facts.mtime !== row.mtime) this.#noteTime(pass, row, row.parent_id, facts.mtime);
  }

  #walk({ location, folder, standing, deep }: Walk): void {
    const pass = this.#locationPass(location);
    if (!pass) return;
    if (this.#looked.has(folder.id)) this.#flush();
    this.#looked.add(folder.id);
    if (deep) this.#deep.add(folder.id);
    if (this.#parts.entering(location, folder, standing)) this.#unseen.add(folder.id);
    pass.walk(
      folder,
      (child, is) => this.#walks.push({ location, folder: child, standing: is, deep: deep || is !== 'known' }),
      !deep,
    );
  }

  #locationPass(location: LiveLocation): LocationPass | undefined {
    if (!this.#locations.has(location.root)) this.#locations.set(location.root, this.#begin(location));
    return this.#locations.get(location.root);
  }
  #begin(location: LiveLocation): LocationPass | undefined {
    const { files, writer, places, isThere } = this.#parts;
    const root = isThere(location) ? this.#facts(location.path) : undefined;
    if (root?.type !== FOLDER) return undefined;
    return new LocationPass({
      files,
      writer,
      change: this.#change,
      location,
      root,
      roots: places.locations.filter(
        (other) => other.root === location.root || (other.row.root_device === root.device && isThere(other)),
      ),
      lookAlso: (folder, why) => {
        if (why === 'rules' && location.rules.gitignore) this.add(folder, true);
        else if (why === 'evidence') this.#lookAtParent(folder);
      },
      also: (tx) => this.#also(tx),
    });
  }

  #lookAtParent(folder: number): void {
    const parent = this.#known.parent(folder)?.parent_id;
    if (parent != null) this.add(parent);
  }

  #also(tx: WriteTransaction): void {
    this.#unsettling.begin(tx);
    this.#signatures.write(tx);
    for (const [root, facts] of this.#rootFacts) updateRootEntry(tx, root, facts);
    this.#rootFacts.clear();
  }

  #flush(): void {
    for (const pass of this.#passes()) pass.flush();
    if (this.#rootFacts.size > 0 && this.#rootChanged()) this.#parts.writer.write((tx) => this.#also(tx));
    this.#looked.clear();
  }
  #rootChanged(): boolean {
    for (const [root, { mtime, inode }] of this.#rootFacts) {
      const row = this.#known.one(root);
      if (row && (row.mtime !== mtime || row.inode !== inode)) return true;
    }
    this.#rootFacts.clear();
    return false;
  }

  /** The facts of a file show under all of its names, and only the folder of one of them has news. */
  #lookAtOtherNames(): void {
    const { db } = this.#parts.writer;
    const linked = new Set<number>();
    for (const { output } of this.#passes()) {
      for (const inode of output.linked) linked.add(inode);
      output.linked.clear();
    }
    if (linked.size === 0) return;
    for (const folder of otherNames(db, linked)) this.add(folder);
    for (const folder of otherNamesUnknown(db, linked)) this.add(folder);
  }

  #facts(path: string): FileFacts | undefined {
    try {
      return this.#parts.files.facts(path);
    } catch {
      return undefined;
    }
  }
}
