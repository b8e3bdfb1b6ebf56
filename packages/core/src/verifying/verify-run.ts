import { nameOfStored } from '../domain/entry.ts';
import { joinNative, showNative } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import type { WholeFileHasher } from '../hashing/hash-whole-file.ts';
import type { CompiledRules } from '../indexing/rules/compile.ts';
import type { FileFacts, ReadFiles } from '../ports/files.ts';
import type { Hashing } from '../ports/hashing.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { type CheckedFile, ContentChecker, type FileWithContent } from './content-checker.ts';
import { type ComparedFolder, FolderComparer, isSame } from './folder-comparer.ts';
import { IndexedFolders } from './indexed-folders.ts';
import {
  MOST_CORRUPT,
  MOST_FOLDERS,
  type VerifyLocationProgress,
  type VerifyLocationRequest,
  type VerifyLocationState,
} from './protocol.ts';
import { MOST_NAMED, addFindings } from './report.ts';

/** What of a run others must do. */
export interface RunParts {
  readonly db: ReadConnection;
  readonly files: ReadFiles;
  readonly hashing: Hashing;
  readonly rules: CompiledRules;
  readonly whole: WholeFileHasher;
  /** Milliseconds that only go forward. */
  now(): number;
  stopped(): boolean;
  progress(progress: VerifyLocationProgress): void;
  saved(state: VerifyLocationState): void;
}

const SAVE_INTERVAL_MS = 2_000;

/** One verification, from a state on. Reads, and changes nothing. Throws `OFFLINE` where the location's folder goes away. */
export class VerifyRun {
  readonly #parts: RunParts;
  readonly #request: VerifyLocationRequest;
  readonly #root: FileFacts;
  readonly #folders: IndexedFolders;
  readonly #comparer: FolderComparer;
  readonly #checker: ContentChecker;
  readonly #state: VerifyLocationState;
  #savedAt: number;
  #startedAt: number;
  /** Of the file being read, which does not count before it is done. */
  #reading = 0;
  #path: string;

  constructor(request: VerifyLocationRequest, parts: RunParts) {
    this.#request = request;
    this.#parts = parts;
    this.#state = structuredClone(request.state);
    this.#path = request.root.path;
    this.#root = this.#rootFacts();
    this.#startedAt = this.#savedAt = parts.now();
    const { db, files, hashing, rules, whole } = parts;
    const crossMounts = request.rules.cross_mounts;
    const stopped = (): boolean => parts.stopped();
    const root = { ...request.root, device: this.#root.device };
    this.#folders = new IndexedFolders({ db, files, rules, crossMounts, root, within: request.within });
    this.#comparer = new FolderComparer(
      { db, files, rules, folders: this.#folders, onlyDevice: crossMounts ? undefined : this.#root.device, stopped },
      request.content,
    );
    this.#checker = new ContentChecker({ db, files, hashing, whole, onBytes: (count) => this.#read(count) });
  }

  /**
   * Answers whether it came to the end. The last state was given to `saved`. It also leaves off where something differs
   * and is to be confirmed: whoever runs it lets the index settle first, and goes on from there.
   */
  run(): boolean {
    const began = this.#state.phase;
    const finished =
      this.#compare() &&
      !(began === 'compare' && this.#state.differing.length > 0) &&
      this.#confirm() &&
      this.#contents();
    this.#save();
    return finished;
  }

  #compare(): boolean {
    const state = this.#state;
    if (state.phase !== 'compare') return true;
    for (const id of this.#foldersAfter(state.after)) {
      const compared = this.#look(id);
      if (this.#parts.stopped()) return false;
      state.after = id;
      if (compared) this.#count(id, compared);
      this.#saveNowAndThen();
    }
    return this.#enter('confirm');
  }

  #count(id: number, compared: ComparedFolder): void {
    const { looked, plan, contents, differing, found } = this.#state;
    for (const what of ['files', 'folders', 'bytes'] as const) looked[what] += compared.looked[what];
    plan.files += compared.plan.files;
    plan.bytes += compared.plan.bytes;
    contents.unidentified += compared.plan.unidentified;
    if (isSame(compared)) return;
    if (differing.length < MOST_FOLDERS) differing.push(id);
    else {
      this.#state.beyond = true;
      addFindings(found, compared.findings);
    }
  }

  /**
   * What differed is looked at again before it is said: the index may have learnt of it meanwhile. Repeated as a whole
   * where it is interrupted.
   */
  #confirm(): boolean {
    const state = this.#state;
    if (state.phase !== 'confirm') return true;
    this.#folders.forget();
    const found = structuredClone(state.found);
    const differing: number[] = [];
    for (const [at, id] of state.differing.entries()) {
      const compared = this.#look(id, { done: at, total: state.differing.length });
      if (this.#parts.stopped()) return false;
      if (!compared || isSame(compared)) continue;
      differing.push(id);
      addFindings(found, compared.findings);
    }
    state.found = found;
    state.differing = differing;
    return this.#enter(this.#request.content ? 'contents' : 'done');
  }

  #look(id: number, part?: { done: number; total: number }): ComparedFolder | undefined {
    const folder = this.#folders.of(id);
    if (folder.path !== '') this.#path = folder.path;
    const { looked, phase } = this.#state;
    this.#parts.progress({
      phase,
      done: looked.files + looked.folders,
      bytes: looked.bytes,
      path: this.#path,
      ...part,
    });
    return this.#comparer.compare(id, folder);
  }

  #contents(): boolean {
    const state = this.#state;
    if (state.phase !== 'contents') return state.phase === 'done';
    for (const id of this.#foldersAfter(state.after)) {
      const folder = this.#folders.of(id);
      if (folder.state === 'here' && !this.#contentsOf(id, folder.path)) return false;
      if (this.#parts.stopped()) return false;
      state.after = id;
      state.within = 0;
      this.#saveNowAndThen();
    }
    return this.#enter('done');
  }

  #contentsOf(id: number, folder: string): boolean {
    const state = this.#state;
    for (;;) {
      const files = this.#checker.filesOf(id, state.within);
      for (const file of files) {
        this.#path = joinNative(folder, nameOfStored(file.name));
        this.#reading = 0;
        const checked = this.#checker.check(file, this.#path);
        if (checked.type === 'stopped' || this.#parts.stopped()) return false;
        this.#checked(file, checked);
        state.within = file.id;
        this.#saveNowAndThen();
      }
      if (files.length === 0) return true;
    }
  }

  #checked(file: FileWithContent, checked: CheckedFile): void {
    const { found, contents, corrupt } = this.#state;
    contents.bytes += this.#reading;
    this.#reading = 0;
    if (checked.type === 'changed') contents.skipped++;
    else if (checked.type === 'unreadable') {
      found.unreadable++;
      if (found.named.unreadable.length < MOST_NAMED)
        found.named.unreadable.push({ path: showNative(this.#path), entry: file.id, reason: checked.reason });
    } else if (checked.type !== 'stopped') {
      contents.files++;
      if (checked.full) contents.full++;
      if (!checked.corrupt) return;
      found.corrupt++;
      if (found.named.corrupt.length < MOST_NAMED) found.named.corrupt.push(checked.corrupt);
      if (corrupt.length < MOST_CORRUPT) corrupt.push(file.id);
    }
  }

  #read(count: number): boolean {
    this.#reading += count;
    const { contents, plan } = this.#state;
    const done = contents.files + contents.skipped;
    const bytes = contents.bytes + this.#reading;
    // What appeared after it was planned must not make it more than whole.
    this.#parts.progress({
      phase: 'contents',
      done,
      total: Math.max(plan.files, done),
      bytes,
      bytesTotal: Math.max(plan.bytes, bytes),
      path: this.#path,
    });
    return this.#parts.stopped();
  }

  #enter(phase: VerifyLocationState['phase']): true {
    Object.assign(this.#state, { phase, after: 0, within: 0 });
    this.#save();
    return true;
  }

  /** Folders of the library, in the order of their ids: a place to go on from that no change of the tree moves. */
  *#foldersAfter(after: number): Generator<number> {
    const sql = 'SELECT entry_id AS id FROM folders WHERE entry_id > ? ORDER BY entry_id LIMIT 1000';
    for (let last = after; ;) {
      const page = this.#parts.db.prepare<{ id: number }>(sql).all(last);
      for (const { id } of page) yield id;
      const end = page.at(-1)?.id;
      if (end === undefined) return;
      last = end;
    }
  }

  #saveNowAndThen(): void {
    if (this.#parts.now() - this.#savedAt >= SAVE_INTERVAL_MS) this.#save();
  }

  /** Only what was seen while the location was there is said: without its disk, everything is missing. */
  #save(): void {
    const facts = this.#rootFacts();
    if (facts.inode !== this.#root.inode || facts.device !== this.#root.device) throw this.#offline();
    this.#savedAt = this.#parts.now();
    this.#state.worked_ms += Math.round(this.#savedAt - this.#startedAt);
    this.#startedAt = this.#savedAt;
    this.#parts.saved(this.#state);
  }

  #rootFacts(): FileFacts {
    const facts = this.#parts.files.facts(this.#request.root.path);
    if (facts?.type !== 1) throw this.#offline();
    return facts;
  }

  #offline(): SdError {
    return new SdError(
      'OFFLINE',
      `${showNative(this.#request.root.path)} is not there now; what the index knows of it stays`,
      {
        way_out: 'connect the disk, or check the folder, and verify again',
      },
    );
  }
}
