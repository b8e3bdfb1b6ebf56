import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '@sd/platform-node/files.ts';
import { nodeRandom } from '@sd/platform-node/random.ts';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { z } from 'zod';
import { idSource } from '../domain/ids.ts';
import { SdError } from '../errors.ts';
import { EventBus } from '../events.ts';
import { DurableJobs } from '../jobs/durable-jobs.ts';
import { type JobContext, type JobKind, jobKind } from '../jobs/kind.ts';
import type { Library } from '../libraries/library.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { Log } from '../ports/log.ts';
import type { Connection, Sqlite, Statement } from '../ports/sqlite.ts';

export const LIBRARY_ID = '01890000-0000-7000-8000-000000000001';
const KEY = new Uint8Array(32).fill(7);

/** Jobs of one library folder without the rest of a core; the folder outlives the engines opened on it. */
export interface JobBench {
  readonly folder: string;
  /** A core's jobs, as after its start; `sqlite` can be one that dies. */
  open(kinds: readonly JobKind[], options?: JobBenchOptions): OpenJobs;
  remove(): void;
}
export interface JobBenchOptions {
  readonly sqlite?: Sqlite;
  readonly clock?: Clock;
  readonly free?: () => number;
  readonly atOnce?: () => number;
}
export interface OpenJobs {
  readonly jobs: DurableJobs;
  readonly events: EventBus;
  readonly library: Library;
  readonly log: readonly string[];
}

export function jobBench(folder = mkdtempSync(join(tmpdir(), 'sd-jobs-'))): JobBench {
  return {
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
    open(kinds, { sqlite = nodeSqlite, clock = realClock, free, atOnce = () => 2 } = {}) {
      const events = new EventBus('test', () => clock.now());
      const lines: string[] = [];
      const library = { id: LIBRARY_ID, name: 'Test', folder, access: { key: KEY } } as unknown as Library;
      const files: Files = free ? { ...nodeFiles, space: () => ({ free: free(), total: 2 ** 40 }) } : nodeFiles;
      const ids = idSource(clock, nodeRandom);
      const jobs = new DurableJobs({
        kinds,
        sqlite,
        files,
        clock,
        random: nodeRandom,
        atOnce,
        log: logInto(lines),
        events,
        newId: () => ids.text(),
      });
      jobs.attach(library);
      return { jobs, events, library, log: lines };
    },
  };
}

export const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    // What tests wait for comes sooner than this; a retry of an engine left behind must not keep them from ending.
    if (milliseconds > 5_000) timer.unref();
    return () => clearTimeout(timer);
  },
};

function logInto(lines: string[]): Log {
  const add = (message: string): void => void lines.push(message);
  return { debug: add, info: add, warn: add, error: add, child: () => logInto(lines) };
}

/** What a job did to the world outside, which outlives it. */
export type World = (item: number, name: string) => void | Promise<void>;

const countInput = z.object({ name: z.string(), items: z.int() });
const countState = z.object({ next: z.int() });

/** Does item 0, 1, 2 … and checkpoints after each. */
export function countingKind(world: World, more: Partial<JobKind<typeof countInput, typeof countState>> = {}): JobKind {
  return jobKind({
    name: 'test.count',
    version: 1,
    summary: 'Counts',
    input: countInput,
    state: countState,
    begin: () => ({ next: 0 }),
    exclusive: ({ name }) => name,
    left: ({ next }) => ({ counted: next }),
    async run(context: JobContext<z.infer<typeof countInput>, z.infer<typeof countState>>, { next }) {
      for (let item = next; item < context.input.items; item++) {
        await world(item, context.input.name);
        context.progress({ phase: 'counting', done: item + 1, total: context.input.items });
        context.checkpoint({ next: item + 1 });
      }
      return { counted: context.input.items };
    },
    ...more,
  });
}

/** A promise and its handle. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** Waits for something to become true that tells no one. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`still not so: ${condition.toString()}`);
    await new Promise(setImmediate);
  }
}

/** A disk that takes no more while `full()`. */
export function fillingSqlite(full: () => boolean): Sqlite {
  return {
    ...nodeSqlite,
    open(options) {
      const connection = nodeSqlite.open(options);
      return {
        exec: (sql) => connection.exec(sql),
        close: () => connection.close(),
        prepare<Row>(sql: string): Statement<Row> {
          const statement = connection.prepare<Row>(sql);
          return {
            get: (...parameters) => statement.get(...parameters),
            all: (...parameters) => statement.all(...parameters),
            iterate: (...parameters) => statement.iterate(...parameters),
            run(...parameters) {
              if (full()) throw new SdError('DISK_FULL', 'no room left on the disk');
              return statement.run(...parameters);
            },
          };
        },
      };
    },
  };
}

/** A process that dies at its `writes`th change of the database: before it or, with `after`, once it is on disk. */
export function dyingSqlite(
  writes: number,
  after: boolean,
): { sqlite: Sqlite; dead: () => boolean; kill(): void; close(): void } {
  const opened: Connection[] = [];
  let left = writes;
  const dead = (): boolean => left <= 0;
  const alive = (): void => {
    if (dead()) throw new Error('the process is dead');
  };
  const change = <T>(work: () => T): T => {
    alive();
    if (left === 1 && !after) left = 0;
    alive();
    const done = work();
    left--;
    alive();
    return done;
  };
  const dying = (connection: Connection): Connection => ({
    prepare<Row>(sql: string): Statement<Row> {
      alive();
      const statement = connection.prepare<Row>(sql);
      return {
        run: (...parameters) => change(() => statement.run(...parameters)),
        get: (...parameters) => (alive(), statement.get(...parameters)),
        all: (...parameters) => (alive(), statement.all(...parameters)),
        iterate: (...parameters) => (alive(), statement.iterate(...parameters)),
      };
    },
    exec: (sql) => change(() => connection.exec(sql)),
    close: () => {},
  });
  return {
    dead,
    kill: () => void (left = 0),
    close: () => opened.forEach((connection) => connection.close()),
    sqlite: {
      ...nodeSqlite,
      open(options) {
        alive();
        const connection = nodeSqlite.open(options);
        opened.push(connection);
        return dying(connection);
      },
    },
  };
}
