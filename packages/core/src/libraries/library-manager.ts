import type { Library } from './library.ts';

/** A library this device knows, open or not. */
export interface LibrarySummary {
  /** UUID. */
  readonly id: string;
  readonly name: string;
  /** Native path of the `.sdlibrary` folder. */
  readonly folder: string;
  readonly state: 'open' | 'closed' | 'locked' | 'missing' | 'in_use' | 'newer_format' | 'damaged';
  /** Why it is not open, for people. */
  readonly reason?: string;
  readonly protection: 'keychain' | 'key_file' | 'passphrase';
}

/** What queries may ask. */
export interface LibraryDirectory {
  list(): LibrarySummary[];
  /** By id or name. Throws `NOT_FOUND` with the names there are, and a "did you mean". */
  find(idOrName: string): LibrarySummary;
  /** The open library of that id or name; with no argument the only open one. Throws `NOT_FOUND`, `LIBRARY_CLOSED`, `LIBRARY_LOCKED`, `INVALID_INPUT` (which one?). */
  open(idOrName?: string): Library;
}

/** What actions may do. */
export interface LibraryManager extends LibraryDirectory {
  create(options: { name: string; folder?: string; passphrase?: string }): Promise<LibrarySummary>;
  openLibrary(idOrName: string, passphrase?: string): Promise<LibrarySummary>;
  /** Stops its jobs at a checkpoint, closes its files; `forgetKey` drops the key from memory (lock). */
  closeLibrary(idOrName: string, options?: { forgetKey?: boolean }): Promise<void>;
  rename(idOrName: string, name: string): Promise<LibrarySummary>;
  /** Moves the folder to the trash. */
  remove(idOrName: string): Promise<{ trashed: string }>;
  /** Integrity of every page and of what must agree; empty where all is well. Runs in a thread. */
  check(idOrName: string): Promise<{ checked: string[]; problems: string[] }>;
  backup(idOrName: string, to?: string): Promise<{ path: string; bytes: number }>;
  restore(from: string, options: { replace?: string; passphrase?: string }): Promise<LibrarySummary>;
  changeKey(idOrName: string, options: { passphrase?: string; current?: string }): Promise<LibrarySummary>;
}
