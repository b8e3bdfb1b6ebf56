import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { MAIN_THREAD, WriteLock } from '../db/write-lock.ts';
import { decodeNative, encodeNative, joinNative } from '../domain/native-path.ts';
import type { DiskChange, TrashedItem } from '../file-actions/index-follower.ts';
import { LibraryFollower } from '../indexing/following/library-follower.ts';
import type { OpenLibrary } from '../libraries/library.ts';
import { UNPACED } from '../pace.ts';
import type { Platform } from '../platform.ts';
import type { FileFacts } from '../ports/files.ts';

const bytes = (path: string): Buffer => Buffer.from(encodeNative(path));

/** Changes a disk as file actions do, and tells the index of it, in one batch until `follow`. */
export class FollowBench {
  readonly follower: LibraryFollower;
  readonly #files: Platform['files'];
  readonly #can: string;
  #changes: DiskChange[] = [];
  #last: readonly DiskChange[] = [];
  #lastTrashed = 0;
  readonly #items = new Map<string, string>();

  /** `can`: a folder in no location; it is the trash. */
  constructor(platform: Platform, library: OpenLibrary, can: string) {
    this.#files = platform.files;
    this.#can = can;
    mkdirSync(can, { recursive: true });
    this.follower = new LibraryFollower({
      platform: { ...platform, log: platform.log },
      library: library.access,
      owner: new WriteLock(MAIN_THREAD, library.access.lock).newOwner(),
      pace: UNPACED,
    });
  }

  /** What was done since the last time is in the index. */
  follow(): void {
    this.#last = this.#changes.splice(0);
    this.follower.follow(this.#last);
  }
  /** What was followed last is told once more. */
  again(): void {
    this.#changes = [...this.#last];
  }
  /** As when the process is killed between the disk and the index. */
  forget(): void {
    this.#changes = [];
  }
  finish(): void {
    this.follow();
    this.follower.finish();
  }

  file(path: string, text = path): void {
    writeFileSync(bytes(path), text);
    this.#changes.push({ type: 'created', path, facts: this.facts(path) });
  }
  folder(path: string): void {
    mkdirSync(bytes(path));
    this.#changes.push({ type: 'created', path, facts: this.facts(path) });
  }

  /** With its times, a folder with all that is in it. */
  copy(from: string, to: string, depth = 0): void {
    const { type, size, mtime } = this.facts(from);
    if (type === 1) {
      this.folder(to);
      if (depth < 50)
        for (const name of this.names(from)) this.copy(joinNative(from, name), joinNative(to, name), depth + 1);
      return;
    }
    this.#duplicate(from, to);
    this.#changes.push({ type: 'created', path: to, facts: this.facts(to), copyOf: { path: from, size, mtime } });
  }

  /** Another name of a file: as an action that makes one of two files with the same bytes. */
  link(from: string, to: string): void {
    linkSync(bytes(from), bytes(to));
    this.#changes.push({ type: 'created', path: to, facts: this.facts(to) });
  }

  move(from: string, to: string): void {
    renameSync(bytes(from), bytes(to));
    this.#changes.push({ type: 'moved', from, to, facts: this.facts(to) });
  }

  /** As to another file system. */
  moveByPieces(from: string, to: string): void {
    if (this.facts(from).type === 1) {
      this.folder(to);
      for (const name of this.names(from)) this.moveByPieces(joinNative(from, name), joinNative(to, name));
      rmdirSync(bytes(from));
      this.#changes.push({ type: 'removed', path: from, movedTo: to });
      return;
    }
    const { mtime } = this.facts(from);
    this.#duplicate(from, to);
    unlinkSync(bytes(from));
    this.#changes.push({ type: 'moved', from, to, facts: this.facts(to), wasModified: mtime });
  }

  /** Answers its UUID. `known`: what is noted of it in place of what it is. */
  trash(path: string, known: { readonly inode?: number } = {}): string {
    const number = (++this.#lastTrashed).toString().padStart(12, '0');
    const uuid = `0193a5b0-0000-7000-9000-${number}`;
    const place = joinNative(this.#can, number);
    renameSync(bytes(path), bytes(place));
    const trashed: TrashedItem = { uuid, place, facts: { ...this.facts(place), ...known } };
    this.#items.set(uuid, place);
    this.#changes.push({ type: 'removed', path, trashed });
    return uuid;
  }
  restore(trashed: string, to: string): void {
    renameSync(bytes(this.placeOf(trashed)), bytes(to));
    this.#changes.push({ type: 'restored', trashed, to, facts: this.facts(to) });
  }
  placeOf(trashed: string): string {
    const place = this.#items.get(trashed);
    if (place === undefined) throw new Error('nothing of that id was trashed');
    return place;
  }

  /** For good, piece by piece. */
  remove(path: string): void {
    if (this.facts(path).type === 1) {
      for (const name of this.names(path)) this.remove(joinNative(path, name));
      rmdirSync(bytes(path));
    } else unlinkSync(bytes(path));
    this.#changes.push({ type: 'removed', path });
  }

  touch(path: string, milliseconds: number): void {
    utimesSync(bytes(path), milliseconds / 1000, milliseconds / 1000);
    this.#changes.push({ type: 'changed', path, facts: this.facts(path), sameContent: true });
  }

  facts(path: string): FileFacts {
    const facts = this.#files.facts(path);
    if (!facts) throw new Error(`nothing at ${path}`);
    return { ...facts };
  }
  exists(path: string): boolean {
    return existsSync(bytes(path)) || this.#files.facts(path) !== undefined;
  }
  names(folder: string): string[] {
    return readdirSync(bytes(folder), { encoding: 'buffer' }).map((name) => decodeNative(name));
  }

  close(): void {
    this.follower.close();
  }

  #duplicate(from: string, to: string): void {
    const stat = lstatSync(bytes(from));
    if (stat.isSymbolicLink()) return symlinkSync(readlinkSync(bytes(from)), bytes(to));
    if (stat.isFile()) copyFileSync(bytes(from), bytes(to));
    else writeFileSync(bytes(to), readFileSync(bytes(from)));
    utimesSync(bytes(to), stat.atime, stat.mtime);
  }
}
