import type { Clock } from './ports/clock.ts';
import type { Files } from './ports/files.ts';
import type { Hashing } from './ports/hashing.ts';
import type { Log } from './ports/log.ts';
import type { Media } from './ports/media.ts';
import type { Mounts } from './ports/mounts.ts';
import type { Power } from './ports/power.ts';
import type { Random } from './ports/random.ts';
import type { Sealing } from './ports/sealing.ts';
import type { Secrets } from './ports/secrets.ts';
import type { Sqlite } from './ports/sqlite.ts';
import type { Transport } from './ports/transport.ts';
import type { UserFiles } from './ports/user-files.ts';
import type { Watching } from './ports/watching.ts';
import type { Workers } from './ports/workers.ts';

/**
 * The ports by name: all that the core asks of the machine it runs on. Each is declared in `ports/`.
 *
 * A *native path* is a `/`-separated absolute path held in a string. A byte that is not valid UTF-8 stands in it as
 * the lone surrogate U+DC00 + byte (PEP 383), so that every name on disk has exactly one string and back.
 * A port that a platform lacks is `undefined`, so that the compiler asks for the "not here" branch.
 */
export interface Platform {
  readonly sqlite: Sqlite;
  readonly files: Files;
  readonly hashing: Hashing;
  readonly workers: Workers;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly host: Host;
  readonly watching: Watching;
  readonly mounts: Mounts;
  readonly sealing: Sealing;
  /** Where the machine's power comes from; absent where it cannot be told. */
  readonly power?: Power;
  /** Gives memory this thread keeps for its next burst of work back to the system; takes 20 to 35 ms. */
  giveBackMemory?(): void;
  /** Peer to peer; the service that uses it comes with networking. */
  readonly transport?: Transport;
}

/** The machine, as its owner calls it. */
export interface Host {
  /** The host name, without a domain. */
  readonly name: string;
}

/** What a worker thread gets: no secrets, no workers of its own. */
export type ThreadPlatform = Pick<
  Platform,
  'sqlite' | 'files' | 'hashing' | 'clock' | 'random' | 'log' | 'watching' | 'sealing' | 'giveBackMemory'
> & {
  /** Loaded when it is first asked for: its libraries are large. */
  media?(): Promise<Media>;
  /** Loaded when it is first asked for. */
  userFiles?(): Promise<UserFiles>;
  /** Native paths of files that other programs have open, as far as this user may see them; it ends where `enough` says so. */
  openFiles?(enough: () => boolean): Iterable<string>;
};
