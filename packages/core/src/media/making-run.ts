import { contentById } from '../db/library/contents.ts';
import { type SidecarRow, sidecarsOfContent } from '../db/library/sidecars.ts';
import { showNative } from '../domain/native-path.ts';
import { type SidecarKind, sidecarsOf, wantOf } from '../domain/sidecar.ts';
import type { Pace } from '../pace.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { lackingKinds } from './candidates.ts';
import { FILE_LIMITS } from './limits.ts';
import { madeSidecars } from './made-sidecars.ts';
import type { MakingAnswer, MakingState, ReadFile } from './making-protocol.ts';
import type { ReadableCopies, ReadableCopy } from './readable-copy.ts';
import { type SidecarStore, type StoredContent, uuidOf } from './sidecar-store.ts';

/** What is read but not saved is read again after a crash. */
const SAVE_MS = 500;
const PROGRESS_MS = 100;

interface InFlight {
  readonly content: StoredContent;
  readonly copy: ReadableCopy;
  readonly kinds: readonly SidecarKind[];
  readonly before: readonly SidecarRow[];
}

export interface MakingRunParts {
  readonly db: ReadConnection;
  readonly store: SidecarStore;
  readonly copies: ReadableCopies;
  readonly pace: Pace;
  /** Ids of contents, ascending. */
  readonly ids: Float64Array;
  readonly locations: ReadonlySet<number> | undefined;
  readonly kinds: readonly SidecarKind[] | undefined;
  readonly retry: boolean;
  readonly tools: readonly string[];
  /** Whether the file of a sidecar that is said to be made is there. */
  isThere(content: StoredContent, row: SidecarRow): boolean;
  /** Whether it was told to stop: asked while no message can be heard. */
  stopping(): boolean;
  now(): number;
  post(answer: MakingAnswer): void;
}

/** Goes through contents in the order of their ids, has a file of each read, and stores what comes of it. */
export class MakingRun {
  readonly #parts: MakingRunParts;
  readonly #inFlight = new Map<number, InFlight>();
  readonly #begunWith: number;
  #state: MakingState;
  #next = 0;
  #changed: string[] = [];
  #savedAt: number;
  #shownAt = Number.NEGATIVE_INFINITY;
  #stopped = false;
  #ended = false;

  constructor(parts: MakingRunParts, state: MakingState) {
    this.#parts = parts;
    this.#state = state;
    this.#begunWith = state.contents;
    this.#savedAt = parts.now();
  }

  /** Asks for files until `atOnce` of them are being read, or there are no more. */
  go(atOnce: number): void {
    while (!this.#stopped && this.#inFlight.size < atOnce && this.#next < this.#parts.ids.length) {
      if (this.#parts.stopping()) return this.stop();
      this.#parts.pace.giveWay();
      const id = this.#parts.ids[this.#next++] ?? 0;
      this.#state = { ...this.#state, contents: this.#state.contents + 1 };
      this.#look(id);
      this.#saveInTime();
    }
    if (this.#inFlight.size === 0 || this.#stopped) this.#end();
  }

  /** A file was read and what is in it is being stored elsewhere: there is room for another. */
  more(atOnce: number): void {
    if (!this.#stopped) this.go(atOnce);
  }

  /** What came of the file of a content. */
  settle(id: number, file: ReadFile, atOnce: number): void {
    const flying = this.#inFlight.get(id);
    if (!flying || this.#stopped) return;
    // The next file is read while this one is stored, which waits for the disk. It counts as in flight until it is.
    this.go(atOnce + 1);
    if (this.#stopped) return;
    this.#parts.pace.giveWay();
    this.#take(flying, file);
    this.#inFlight.delete(id);
    this.#saveInTime();
    this.go(atOnce);
  }

  /** What is being read is given up; it is read again when the work goes on. */
  stop(): void {
    this.#stopped = true;
    this.#end();
  }

  #look(id: number): void {
    const { db, copies, locations, kinds, retry, tools, isThere } = this.#parts;
    const content = contentById(db, id);
    if (!content || content.size === 0) return;
    const before = sidecarsOfContent(db, id);
    const wanted = sidecarsOf(content.kind).filter((kind) => !kinds || kinds.includes(kind));
    const lacking = lackingKinds(wanted, before, { retry, tools, isThere: (row) => isThere(content, row) });
    if (lacking.length === 0) return;
    const search = copies.find(id, locations);
    if (search.type === 'elsewhere') return;
    if (search.type === 'none') return this.#unread(search.path, search);
    this.#inFlight.set(id, { content, copy: search.copy, kinds: lacking, before });
    this.#show(search.copy.path);
    this.#parts.post({
      type: 'file',
      file: {
        content: id,
        hash: content.hash,
        hadText: before.some(({ kind, state }) => kind === 'text' && state === 'made'),
        request: {
          path: search.copy.path,
          name: search.copy.name,
          size: search.copy.size,
          wants: [...new Set(lacking.map(wantOf))],
          limits: FILE_LIMITS,
        },
      },
    });
  }

  #take({ content, copy, kinds, before }: InFlight, file: ReadFile): void {
    if (file.type === 'refused') return this.#unread(showNative(copy.path), file);
    // What changed while it was read is not the content any more.
    const reason = this.#changedSince(copy);
    if (reason !== undefined) return this.#unread(showNative(copy.path), { reason, changed: true });
    const made = madeSidecars(kinds, file);
    this.#parts.store.add(content, made, before);
    this.#changed.push(uuidOf(content));
    const count = (state: string): number => made.filter((one) => one.state === state).length;
    const failed = made.find(({ state }) => state === 'failed');
    if (failed) this.#problem(showNative(copy.path), failed.reason ?? 'it cannot be read');
    const { read, bytes, made: before_, none, failed: failures } = this.#state;
    this.#state = {
      ...this.#state,
      read: read + 1,
      bytes: bytes + copy.size,
      made: before_ + count('made'),
      none: none + count('none'),
      failed: failures + count('failed'),
    };
  }

  #changedSince(copy: ReadableCopy): string | undefined {
    try {
      return this.#parts.copies.changed(copy);
    } catch {
      return 'it is not there any more';
    }
  }

  #unread(path: string, { reason, changed }: { reason: string; changed: boolean }): void {
    const { unread, postponed } = this.#state;
    this.#state = { ...this.#state, unread: unread + 1, postponed: postponed + (changed ? 0 : 1) };
    this.#problem(path, reason);
  }
  #problem(path: string, reason: string): void {
    this.#parts.post({ type: 'problem', path, reason });
  }

  #saveInTime(): void {
    if (this.#parts.now() - this.#savedAt < SAVE_MS) return;
    this.#save();
  }

  /** Contents are done up to the first that is being read. */
  #save(): void {
    this.#parts.store.flush();
    const first = Math.min(...this.#inFlight.keys());
    const last = this.#parts.ids[this.#next - 1] ?? this.#state.after;
    this.#state = { ...this.#state, after: Number.isFinite(first) ? first - 1 : Math.max(last, this.#state.after) };
    // Those in flight are counted when they are done.
    const state = { ...this.#state, contents: this.#state.contents - this.#inFlight.size };
    this.#parts.post({ type: 'saved', state, contents: this.#changed });
    this.#changed = [];
    this.#savedAt = this.#parts.now();
  }

  #show(path: string): void {
    if (this.#parts.now() - this.#shownAt < PROGRESS_MS) return;
    this.#shownAt = this.#parts.now();
    const { contents, bytes } = this.#state;
    const total = this.#begunWith + this.#parts.ids.length;
    this.#parts.post({ type: 'progress', progress: { done: contents, total, bytes, path: showNative(path) } });
  }

  #end(): void {
    if (this.#ended) return;
    const finished = !this.#stopped && this.#next >= this.#parts.ids.length;
    if (!finished && !this.#stopped) return;
    this.#ended = true;
    this.#save();
    const contents = this.#state.contents - this.#inFlight.size;
    this.#parts.post({ type: 'end', state: { ...this.#state, contents }, finished });
  }
}
