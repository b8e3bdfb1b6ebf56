import type { WriteTransaction } from '../../db/write.ts';
import { noteSuccession, succeed } from '../../db/library/successions.ts';
import { FILE, FOLDER } from '../../domain/entry.ts';
import { kindByName } from '../../domain/kinds.ts';
import { identifies } from '../../domain/location.ts';
import type { FileFacts, ReadFiles } from '../../ports/files.ts';
import { displace } from '../displaced.ts';
import type { Keeper } from '../keeping/keeper.ts';
import type { LibraryWriter } from '../library-writer.ts';
import type { LiveLocation } from '../passes/places.ts';
import { isEvidence } from '../rules/built-in.ts';
import type { ChildNames } from './child-names.ts';
import { FolderTally, childOf } from './folder-tally.ts';
import { movableSums } from './folder-sums.ts';
import type { FollowReport } from './follow-report.ts';
import { type FollowedRow, readRow, rowFacts, sameFacts } from './followed-row.ts';
import type { IndexPaths, Spot } from './index-paths.ts';
import type { LookAgain } from './look-again.ts';
import { NewRows } from './new-rows.ts';
import { SourceContents } from './source-contents.ts';

/** What a file is, known from the one it is a copy of. */
export interface SourceContent {
  readonly id: number;
  readonly kind: number;
}

/** What lasts from batch to batch. */
export interface Following {
  readonly writer: LibraryWriter;
  readonly files: ReadFiles;
  readonly names: ChildNames;
  readonly keeper: Keeper;
  readonly report: FollowReport;
  readonly look: LookAgain;
  now(): number;
}

/** One batch of changes on its way into the index, in one write: what all kinds of changes need. */
export class Batch {
  readonly tx: WriteTransaction;
  readonly following: Following;
  readonly paths: IndexPaths;
  readonly rows: NewRows;
  readonly sources = new SourceContents();
  readonly #tally: FolderTally;

  constructor(tx: WriteTransaction, following: Following, paths: IndexPaths) {
    this.tx = tx;
    this.following = following;
    this.paths = paths;
    this.rows = new NewRows(tx);
    this.#tally = new FolderTally(tx);
  }

  /** Writes all that was collected. What is asked of folders after it is as it will be. */
  flush(): void {
    this.rows.flush();
    this.#tally.flush((folder) => {
      const path = this.paths.pathOf(folder);
      return path === undefined ? undefined : this.facts(path);
    });
  }

  /** A name came or went in the folder of that path: its time shows it, also where the rules leave the name out. */
  touched(path: string): void {
    const folder = this.paths.place(path)?.folder;
    if (folder === undefined) return;
    this.#tally.touched(folder);
    this.following.look.at(folder);
  }

  /** The row of what is, or was, at a path; `entry`: the one it is thought to be, by which it is found at once. */
  known(path: string, entry?: number): { spot: Spot; row: FollowedRow } | undefined {
    // What the rules leave out has no row: they need not be asked.
    const spot = this.paths.place(path);
    if (!spot) return undefined;
    const thought = entry === undefined ? undefined : this.row(entry);
    const row = thought?.parent_id === spot.folder && thought.name === spot.name ? thought : this.in(spot);
    return row && { spot, row };
  }

  /** The row a folder has under a name. */
  in({ folder, name }: Pick<Spot, 'folder' | 'name'>): FollowedRow | undefined {
    const { names } = this.following;
    const id = names.find(folder, name);
    if (id === undefined) return undefined;
    const row = this.row(id);
    if (row?.parent_id === folder && row.name === name) return row;
    names.delete(folder, name);
    return undefined;
  }

  row(id: number): FollowedRow | undefined {
    this.rows.settle(id);
    return readRow(this.tx, id);
  }

  /** It is in the folder now, with the sums of what is below it. */
  arrived({ location, folder, name }: Spot, row: FollowedRow): void {
    const { names, report, look } = this.following;
    const below = row.type === FOLDER ? movableSums(this.tx, row.id) : undefined;
    this.#tally.add(folder, childOf({ ...row, name }, below));
    names.set(folder, name, row.id);
    report.note(location, folder, 'added');
    look.at(folder);
    this.#looksAround(location, folder, name, row);
  }

  /** A row for what is new. `unknown`: a folder with more in it than is known. */
  insert(spot: Spot, facts: FileFacts, { content, unknown }: { content?: SourceContent; unknown?: boolean }): number {
    const { names, report, look, writer } = this.following;
    const { location, folder, name } = spot;
    const id = writer.entryIds.take(1);
    const { type } = facts;
    const row = {
      id,
      parent_id: folder,
      name,
      type,
      kind: content?.kind ?? kindByName(type, name),
      ...rowFacts(facts),
      content_id: content?.id ?? null,
    };
    const uuid = type === FOLDER || content ? writer.newIds.bytes() : null;
    this.rows.add({ ...row, parent: folder, uuid, content: row.content_id, unknown: unknown === true });
    this.#tally.add(folder, childOf(row, { bytes: 0, files: 0, folders: 0 }));
    names.set(folder, name, id);
    report.note(location, folder, 'added');
    look.filled(folder);
    if (type === FOLDER) {
      if (unknown === true) look.at(id, true);
      else {
        names.begin(id);
        look.filled(id);
      }
    } else if (type === FILE && !content) this.wantsContent(location, folder);
    this.#looksAround(location, folder, name, row);
    return id;
  }

  /** It is about to leave its folder. */
  leaving({ location, folder, name }: Spot, row: FollowedRow): void {
    const { names, report, look } = this.following;
    if (row.type === FOLDER) {
      // What is below it counts as it is by now.
      this.flush();
      this.paths.foldersChanged();
    }
    this.#tally.remove(folder, childOf(row, row.type === FOLDER ? movableSums(this.tx, row.id) : undefined));
    names.delete(folder, name);
    report.note(location, folder, 'removed');
    look.at(folder);
    this.#looksAround(location, folder, name, row);
  }

  /** Another thing has taken its name: whoever looks for it decides where it is. */
  displaced(spot: Spot, row: FollowedRow): void {
    this.leaving(spot, row);
    displace(this.tx, row.id, spot.location.root);
  }

  /** The facts of an entry at its place; `sameBytes`: what its content is stays known. Answers whether they are others. */
  update({ location, folder }: Spot, row: FollowedRow, facts: FileFacts, sameBytes: boolean): boolean {
    const now = rowFacts(facts);
    // That another file system is mounted there is no news of what was done.
    const next = row.type === FOLDER ? { ...now, links: row.links } : now;
    const forget = row.type === FILE && !sameBytes && row.content_id !== null;
    if (sameFacts(row, next) && !forget) return false;
    this.#tally.change(folder, childOf(row), childOf({ ...row, ...next }));
    this.setFacts(row, next, forget);
    if (row.type === FILE && (forget || row.content_id === null)) this.wantsContent(location, folder);
    this.following.report.note(location, folder, 'modified');
    if (row.type === FOLDER) this.following.look.filled(folder);
    else this.following.look.at(folder);
    if (next.links === 1 && row.type === FILE) this.following.look.linked(next.inode);
    return true;
  }

  setFacts(row: FollowedRow, facts: Pick<FollowedRow, 'size' | 'mtime' | 'inode' | 'links'>, forget: boolean): void {
    const { tx } = this;
    if (forget) noteSuccession(tx, row.id);
    tx.run(
      `UPDATE entries SET size = ?, mtime = ?, inode = ?, links = ?, revision = ?${forget ? ', content_id = NULL, kind = ?' : ''} WHERE id = ?`,
      facts.size,
      facts.mtime,
      facts.inode,
      facts.links,
      tx.revision,
      ...(forget ? [kindByName(row.type, row.name)] : []),
      row.id,
    );
  }

  setContent(entry: number, { id, kind }: SourceContent): void {
    this.tx.run(
      'UPDATE entries SET content_id = ?, kind = ?, uuid = coalesce(uuid, ?), revision = ? WHERE id = ?',
      id,
      kind,
      this.following.writer.newIds.bytes(),
      this.tx.revision,
      entry,
    );
    succeed(this.tx, entry, id);
  }

  wantsContent(location: LiveLocation, folder: number): void {
    if (identifies(location.mode)) this.#tally.unidentified(folder);
  }

  /** A name may change what the rules say of others; one of several names of a file, what the others show. */
  #looksAround(location: LiveLocation, folder: number, name: string, row: FollowedRow): void {
    const { look } = this.following;
    if (row.type !== FILE) return;
    if (row.links === 1) look.linked(row.inode);
    if (name === '.gitignore' && location.rules.gitignore) look.at(folder, true);
    if (!isEvidence(name)) return;
    const above = readRow(this.tx, folder)?.parent_id;
    if (above != null) look.at(above);
  }

  facts(path: string): FileFacts | undefined {
    try {
      return this.following.files.facts(path);
    } catch {
      return undefined;
    }
  }
}
