import type { Library } from './library.ts';
import type { LibrarySurvey } from './survey.ts';

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
  /** Where its key is: `passphrase` says that it lies in a box only the passphrase opens. */
  readonly protection: 'keychain' | 'key_file' | 'passphrase' | 'unknown';
}

/** What is measured of a library when asked. What takes its key is absent while that is not at hand. */
export interface LibraryInfo extends LibrarySummary {
  readonly created_at?: number;
  readonly format?: number;
  readonly database_bytes?: number;
  /** The last backup that is still where it was put. */
  readonly last_backup?: { readonly path: string; readonly at: number };
  readonly locations?: number;
  readonly entries?: number;
  readonly revision?: number;
}

/** What can be told of a backup without its key. */
export interface BackupFacts {
  readonly path: string;
  /** Id and name of the library it is of. */
  readonly library: string;
  readonly name: string;
  readonly format: number;
  readonly bytes: number;
  /** Whether only a passphrase opens it here. */
  readonly needs_passphrase: boolean;
}

/** `current` is the passphrase of now, needed where there is one. */
export interface KeyChange {
  readonly passphrase?: string | undefined;
  readonly current?: string | undefined;
  readonly removePassphrase?: boolean | undefined;
}

/** What queries may ask. */
export interface LibraryDirectory {
  list(): LibrarySummary[];
  /** By id or name. Throws `NOT_FOUND` with the names there are, and a "did you mean". */
  find(idOrName: string): LibrarySummary;
  /** The same by id, name or folder, `undefined` where this device does not know it. */
  known(idOrNameOrFolder: string): LibrarySummary | undefined;
  /** The name as it would be kept. Throws `INVALID_INPUT`, and `ALREADY_EXISTS` where another library than `but` (id) has it. */
  freeName(name: string, but?: string): string;
  /** Where `create` would put a library. Throws what it would throw. */
  place(name: string, folder?: string): { name: string; folder: string };
  /** The open library of that id or name; with no argument the only open one. Throws `NOT_FOUND`, `LIBRARY_CLOSED`, `LIBRARY_LOCKED`, `INVALID_INPUT` (which one?). */
  open(idOrName?: string): Library;
  /** Counted in a thread. */
  info(idOrName: string): Promise<LibraryInfo>;
  /** Integrity of every page and of what must agree; `problems` is empty where all is well. Runs in a thread. */
  check(idOrName: string): Promise<{ checked: string[]; problems: string[] }>;
  /** A quick look at an open library, in a thread. Throws `NOT_FOUND`, `LIBRARY_CLOSED`. */
  survey(idOrName: string): Promise<LibrarySurvey>;
  /** Throws `NOT_FOUND`, `CORRUPT`, `NEWER_FORMAT`. */
  inspectBackup(path: string): Promise<BackupFacts>;
}

/** What actions may do. */
export interface LibraryManager extends LibraryDirectory {
  /** `folder`: native path of an existing folder to put it in. */
  create(options: { name: string; folder?: string; passphrase?: string }): Promise<LibrarySummary>;
  /** By id, name, or the native path of a `.sdlibrary` folder this device does not know yet. */
  openLibrary(idOrNameOrPath: string, passphrase?: string): Promise<LibrarySummary>;
  /** Stops its jobs at a checkpoint, closes its files; `forgetKey` drops the key from memory (lock). */
  closeLibrary(idOrName: string, options?: { forgetKey?: boolean }): Promise<LibrarySummary>;
  rename(idOrName: string, name: string): Promise<LibrarySummary>;
  /** Moves the folder to the trash; its key stays. */
  remove(idOrName: string): Promise<{ trashed: string }>;
  /** A copy that was read back, while writers go on. `to`: native path of an existing folder to put it in. */
  backup(idOrName: string, to?: string): Promise<{ path: string; bytes: number }>;
  /** Checks the backup before anything is touched; what it replaces is kept beside the library's backups. */
  restore(from: string, options: { replace?: string; passphrase?: string }): Promise<LibrarySummary>;
  /** Encrypts everything anew under a new random key: kept as the old one was, or behind `passphrase`, or no longer behind one. */
  changeKey(idOrName: string, change: KeyChange): Promise<LibrarySummary>;
}
