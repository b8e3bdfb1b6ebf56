import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '@sd/platform-node/files.ts';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import type { z } from 'zod';
import type { ReaderContext } from '../context.ts';
import { migrations } from '../db/library/migrations/index.ts';
import { storedName } from '../db/library/root-entry.ts';
import { FOLDER } from '../domain/entry.ts';
import { uuidFromText, uuidToText } from '../domain/ids.ts';
import { kindByName } from '../domain/kinds.ts';
import { basenameOf, joinNative } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import { newListing } from '../folder-listing.ts';
import { presenceOf } from '../locations/presence.ts';
import type { Query } from '../operation.ts';
import type { FileFacts, ReadFiles } from '../ports/files.ts';
import type { Log } from '../ports/log.ts';
import type { Connection } from '../ports/sqlite.ts';

const DEVICE = '01890000-0000-7000-8000-00000000000d';
const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

type Output<Q> = Q extends Query<string, infer _S, infer _I, infer O> ? z.output<O> : never;
type Input<Q> = Q extends Query<string, infer _S, infer I> ? z.input<I> : never;

/** Reader queries on a real folder and a real library database, without threads or a daemon. */
export class BrowseBench {
  /** A real folder, empty at first. */
  readonly folder: string;
  /** The port that queries see; a test may put one with faults in its place. */
  files: ReadFiles = { ...nodeFiles };
  /** Whether the client has cancelled. */
  cancelled = false;
  readonly #scratch = mkdtempSync(join(tmpdir(), 'sd-browse-'));
  readonly #db: Connection;
  #lastId = 0;

  constructor() {
    this.folder = nodeFiles.realPath(mkdtempSync(join(tmpdir(), 'sd-browsed-')));
    this.#db = nodeSqlite.open({
      path: join(this.#scratch, 'library.db'),
      key: new Uint8Array(32).fill(1),
      mode: 'create',
    });
    for (const migration of migrations) migration.up(this.#db);
  }

  get db(): Connection {
    return this.#db;
  }

  async ask<Q extends Query>(query: Q, input: Input<Q>, options: { library?: boolean } = {}): Promise<Output<Q>> {
    const context: ReaderContext<'library'> = {
      device: { id: DEVICE, name: 'Test', slug: 'test', publicKey: new Uint8Array(32) },
      files: this.files,
      presenceOf: (location) => presenceOf(location, this.files),
      clock: { now: () => Date.now(), monotonic: () => performance.now(), after: () => () => {} },
      log: silent,
      checkCancelled: () => {
        if (this.cancelled) throw new SdError('CANCELLED', 'cancelled on request');
      },
      library: { id: 'library', name: 'Test', db: this.#db },
    };
    const { library: _, ...without } = context;
    const answer = await query.run(options.library === false ? without : context, query.input.parse(input));
    const output: z.ZodType<Output<Q>> = query.output as never;
    return output.parse(JSON.parse(JSON.stringify(answer)));
  }

  /** Puts a folder into the index as a location, by the simplest means. Answers the location's UUID. */
  index(folder = this.folder): string {
    const facts = nodeFiles.facts(folder);
    if (!facts) throw new Error('no folder to index');
    const root = this.#insert(null, basenameOf(folder), facts);
    this.#children(folder, root);
    const uuid = crypto.getRandomValues(new Uint8Array(16));
    this.#db
      .prepare(
        `INSERT INTO locations (uuid, device_id, root_entry_id, path, name, mode, rules, created_at, scanning, root_device, root_inode, revision)
         VALUES (?, ?, ?, ?, 'Test', 'content', '{}', 0, 0, ?, ?, 1)`,
      )
      .run(uuid, uuidFromText(DEVICE) ?? null, root, storedName(folder), facts.device, facts.inode);
    this.#written();
    return uuidToText(uuid);
  }

  /** Gives a file of the index a content identity. */
  identify(entryId: number, hash: Uint8Array): void {
    this.#db.prepare('INSERT OR IGNORE INTO contents (hash, size, kind) VALUES (?, 0, 0)').run(hash);
    this.#db
      .prepare('UPDATE entries SET content_id = (SELECT id FROM contents WHERE hash = ?) WHERE id = ?')
      .run(hash, entryId);
    this.#written();
  }

  /** What every write of the real write path does. */
  #written(): void {
    this.#db.exec('UPDATE write_state SET revision = revision + 1');
  }

  close(): void {
    this.#db.close();
    rmSync(this.#scratch, { recursive: true, force: true });
    rmSync(this.folder, { recursive: true, force: true });
  }

  #children(folder: string, id: number): { bytes: number; files: number; folders: number } {
    const listing = newListing();
    nodeFiles.listFolder(folder, listing);
    const sums = { bytes: 0, files: 0, folders: 0 };
    for (const name of listing.names) {
      const facts = nodeFiles.facts(joinNative(folder, name));
      if (!facts) continue;
      const child = this.#insert(id, name, facts);
      if (facts.type === FOLDER) {
        const below = this.#children(joinNative(folder, name), child);
        sums.bytes += below.bytes;
        sums.files += below.files;
        sums.folders += below.folders + 1;
      } else {
        sums.bytes += facts.size;
        sums.files++;
      }
    }
    this.#db
      .prepare('INSERT INTO folders (entry_id, bytes, files, folders, children, stale) VALUES (?, ?, ?, ?, ?, 0)')
      .run(id, sums.bytes, sums.files, sums.folders, listing.names.length);
    return sums;
  }

  #insert(parent: number | null, name: string, { type, size, mtime, inode }: FileFacts): number {
    const id = ++this.#lastId;
    const uuid = type === FOLDER ? crypto.getRandomValues(new Uint8Array(16)) : null;
    this.#db
      .prepare(
        `INSERT INTO entries (id, parent_id, name, type, kind, size, mtime, inode, links, revision, uuid)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 1, ?)`,
      )
      .run(id, parent, storedName(name), type, kindByName(type, name), type === FOLDER ? 0 : size, mtime, inode, uuid);
    return id;
  }
}
