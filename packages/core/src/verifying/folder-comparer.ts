import { sampledBytes } from '../domain/content-id.ts';
import { ENTRY_TYPES, FILE, FOLDER, nameOfStored } from '../domain/entry.ts';
import { joinNative } from '../domain/native-path.ts';
import { asSdError } from '../errors.ts';
import { newListing } from '../folder-listing.ts';
import type { CompiledRules } from '../indexing/rules/compile.ts';
import type { EntryType, FileFacts, ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { FolderFindings } from './folder-findings.ts';
import type { FolderOnDisk, IndexedFolders } from './indexed-folders.ts';
import { type Findings, agrees } from './report.ts';
import { UnindexedTree } from './unindexed-tree.ts';

interface Row {
  readonly id: number;
  readonly name: string | Uint8Array;
  readonly type: number;
  readonly size: number;
  readonly mtime: number;
  readonly inode: number;
  readonly links: number;
  readonly content: number | null;
  readonly whole: number | null;
}

/** What one folder of the index is to the disk. */
export interface ComparedFolder {
  readonly findings: Findings;
  readonly looked: { files: number; folders: number; bytes: number };
  /** What reading the contents of its files means; `unidentified` have none that is known. */
  readonly plan: { files: number; bytes: number; unidentified: number };
}

export interface ComparerParts {
  readonly db: ReadConnection;
  readonly files: ReadFiles;
  readonly rules: CompiledRules;
  readonly folders: IndexedFolders;
  readonly onlyDevice: number | undefined;
  readonly stopped: () => boolean;
}

const ROWS = `SELECT e.id, e.name, e.type, e.size, e.mtime, e.inode, e.links, e.content_id AS content, f.size AS whole
  FROM entries e LEFT JOIN full_hashes f ON f.entry_id = e.id AND f.size = e.size AND f.mtime = e.mtime WHERE e.parent_id = ?`;
const BARE_ROWS = `SELECT id, name, type, size, mtime, inode, links, content_id AS content, NULL AS whole
  FROM entries WHERE parent_id = ?`;

/** Compares the rows of one folder with its listing: what a scan that trusts nothing would write. */
export class FolderComparer {
  readonly #parts: ComparerParts;
  readonly #sql: string;
  readonly #unindexed: UnindexedTree;
  readonly #listing = newListing(1024);

  /** `content`: also what it takes to read the contents. */
  constructor(parts: ComparerParts, content: boolean) {
    this.#parts = parts;
    this.#sql = content ? ROWS : BARE_ROWS;
    this.#unindexed = new UnindexedTree(parts);
  }

  /** `undefined` where there is nothing to say of it: it is outside, or of a disk that is away. */
  compare(id: number, folder: FolderOnDisk): ComparedFolder | undefined {
    if (folder.state === 'gone') return this.#gone(id);
    if (folder.state !== 'here') return undefined;
    const findings = new FolderFindings();
    const within = this.#parts.rules.at(folder.path);
    try {
      this.#parts.files.listFolder(
        folder.path,
        this.#listing,
        (name, type) => this.#parts.rules.leaveOut(name, type, within) !== undefined,
      );
    } catch (error) {
      const { code } = asSdError(error);
      if (code === 'NOT_FOUND' || code === 'NOT_A_FOLDER') return this.#gone(id);
      findings.add('unreadable', folder.path, reasonOf(error), { entry: id });
      return { findings: findings.found, looked: nothing(), plan: { files: 0, bytes: 0, unidentified: 0 } };
    }
    return this.#listed(id, folder, findings);
  }

  #gone(id: number): ComparedFolder {
    const findings = new FolderFindings();
    const sql = 'SELECT count(*) AS n FROM entries WHERE parent_id = ?';
    findings.countMissing(this.#parts.db.prepare<{ n: number }>(sql).get(id)?.n ?? 0);
    return { findings: findings.found, looked: nothing(), plan: { files: 0, bytes: 0, unidentified: 0 } };
  }

  #listed(id: number, folder: FolderOnDisk, findings: FolderFindings): ComparedFolder {
    const rows = new Map<string, Row>();
    for (const row of this.#parts.db.prepare<Row>(this.#sql).iterate(id)) rows.set(nameOfStored(row.name), row);
    const looked = nothing();
    const plan = { files: 0, bytes: 0, unidentified: 0 };
    const { names, types, sizes, mtimes, inodes, devices, links, vanished } = this.#listing;
    const newFolders: { path: string; device: number }[] = [];
    for (const [at, name] of names.entries()) {
      const type = (types[at] ?? 0) as EntryType;
      const facts = {
        type,
        size: type === FOLDER ? 0 : (sizes[at] ?? 0),
        mtime: mtimes[at] ?? 0,
        inode: inodes[at] ?? 0,
        device: devices[at] ?? 0,
        links: links[at] ?? 0,
      };
      if (type === FILE) {
        looked.files++;
        looked.bytes += facts.size;
      } else if (type === FOLDER) looked.folders++;
      const row = rows.get(name);
      rows.delete(name);
      const path = row && agreesWith(row, facts, folder) ? undefined : joinNative(folder.path, name);
      if (path !== undefined && this.#differs(row, facts, path, folder, findings)) {
        if (type === FOLDER) newFolders.push({ path, device: facts.device });
      }
      if (row?.type === FILE) planFor(row, path === undefined, plan);
    }
    for (const name of vanished) {
      const row = rows.get(name);
      rows.delete(name);
      if (row)
        findings.add('unreadable', joinNative(folder.path, name), 'it is listed and cannot be looked at', {
          entry: row.id,
        });
    }
    for (const [name, row] of rows) this.#missing(name, row, folder, findings);
    // Last: the listing is used again below.
    for (const one of newFolders) {
      const count = this.#unindexed.count(one, (path, error) => findings.add('unreadable', path, reasonOf(error)));
      if (count > 0) findings.add('unindexed', one.path, `${count} entries in it are not in the index`, { count });
    }
    return { findings: findings.found, looked, plan };
  }

  /** Says how a listed name differs; answers whether, as a folder, it is one that the index does not have. */
  #differs(
    row: Row | undefined,
    facts: FileFacts,
    path: string,
    folder: FolderOnDisk,
    findings: FolderFindings,
  ): boolean {
    if (!row) {
      findings.add('unindexed', path, `a ${ENTRY_TYPES[facts.type]} that is not in the index`);
      return true;
    }
    if (row.type !== facts.type) {
      findings.add(
        'changed',
        path,
        `it was a ${ENTRY_TYPES[row.type] ?? 'thing'}, now it is a ${ENTRY_TYPES[facts.type]}`,
        { entry: row.id },
      );
      return true;
    }
    if (facts.type === FOLDER && this.#parts.folders.isAwayDisk(row, facts, folder.device)) {
      findings.add('unreadable', path, 'the disk that was mounted here is away', { entry: row.id });
      return false;
    }
    const what = differences(row, facts, folder);
    if (facts.type === FOLDER && what.length === 1 && what[0] === 'time') findings.countFolderTime();
    else findings.add('changed', path, `another ${what.join(', ')}`, { entry: row.id });
    return false;
  }

  #missing(name: string, row: Row, folder: FolderOnDisk, findings: FolderFindings): void {
    const path = joinNative(folder.path, name);
    const rule = this.#parts.rules.leaveOut(name, row.type, this.#parts.rules.at(folder.path));
    if (rule === undefined && row.type === FOLDER && this.#parts.folders.isAwayDisk(row, undefined, folder.device))
      return findings.add('unreadable', path, 'the disk that was mounted here is away', { entry: row.id });
    findings.add(
      'missing',
      path,
      rule === undefined ? 'it is not on the disk' : `the rule "${rule}" leaves it out now`,
      { entry: row.id },
    );
  }
}

/** Whether nothing at all is to be said of the folder. */
export function isSame({ findings }: ComparedFolder): boolean {
  return agrees(findings);
}

function agreesWith(row: Row, facts: FileFacts, folder: FolderOnDisk): boolean {
  return (
    row.type === facts.type &&
    row.size === facts.size &&
    row.mtime === facts.mtime &&
    row.inode === facts.inode &&
    row.links === linksOf(facts, folder)
  );
}

function differences(row: Row, facts: FileFacts, folder: FolderOnDisk): string[] {
  const what: string[] = [];
  if (row.size !== facts.size) what.push('size');
  if (row.mtime !== facts.mtime) what.push('time');
  if (row.inode !== facts.inode) what.push('inode');
  if (row.links !== linksOf(facts, folder)) what.push(facts.type === FOLDER ? 'file system' : 'number of names');
  return what;
}

/** As the index has it: whether a file has several names, or another file system is mounted on a folder. */
function linksOf(facts: FileFacts, folder: FolderOnDisk): number {
  if (facts.type === FILE) return +(facts.links > 1);
  return facts.type === FOLDER ? +(folder.device !== undefined && facts.device !== folder.device) : 0;
}

function planFor(row: Row, same: boolean, plan: ComparedFolder['plan']): void {
  if (row.content === null) plan.unidentified++;
  else if (same) {
    plan.files++;
    plan.bytes += row.whole === null ? sampledBytes(row.size) : row.size;
  }
}

function nothing(): ComparedFolder['looked'] {
  return { files: 0, folders: 0, bytes: 0 };
}

function reasonOf(error: unknown): string {
  const { code, message } = asSdError(error);
  return code === 'INTERNAL' ? String(error) : message;
}
