import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { nodeHashing } from '@sd/platform-node/hashing.ts';
import type { z } from 'zod';
import { insertLocation } from '../db/library/locations.ts';
import { insertRootEntry, storedName } from '../db/library/root-entry.ts';
import { samplingPlan } from '../domain/content-id.ts';
import { FILE, FOLDER } from '../domain/entry.ts';
import { idSource, uuidFromText, uuidToText } from '../domain/ids.ts';
import { DEFAULT_RULES } from '../domain/location.ts';
import { basenameOf, joinNative } from '../domain/native-path.ts';
import { EventBus } from '../events.ts';
import { newListing } from '../folder-listing.ts';
import { fullHashing } from '../hashing/full-hashing.ts';
import { DurableJobs } from '../jobs/durable-jobs.ts';
import type { JobInfo } from '../jobs/job-manager.ts';
import { verifyDuplicates } from '../jobs/kinds/content/verify-duplicates.ts';
import type { Library, LibraryWriteTransaction } from '../libraries/library.ts';
import { type LocationPlace, presenceOf } from '../locations/presence.ts';
import type { Action, Query } from '../operation.ts';
import type { Workers } from '../ports/workers.ts';
import { type LibraryBench, openLibraries } from './library-fixture.ts';

const DEVICE = {
  id: '01890000-0000-7000-8000-00000000000d',
  name: 'Test',
  slug: 'test',
  publicKey: new Uint8Array(32),
};

type Output<Q> = Q extends Query<string, infer _S, infer _I, infer O> ? z.output<O> : never;
type Input<Q> = Q extends Query<string, infer _S, infer I> ? z.input<I> : never;

/** A library with a real folder, whose contents are known, and the jobs that verify them in real threads. */
export class DuplicateBench {
  /** A real folder, empty at first. */
  readonly folder: string;
  readonly #scratch = mkdtempSync(join(tmpdir(), 'sd-duplicates-'));
  #bench: LibraryBench | undefined;
  #jobs: DurableJobs | undefined;
  #events: EventBus | undefined;
  readonly #workers: ((workers: Workers) => Workers) | undefined;

  constructor(options: { workers?: (workers: Workers) => Workers } = {}) {
    this.folder = join(this.#scratch, 'files');
    mkdirSync(this.folder);
    this.#workers = options.workers;
  }

  async open(): Promise<this> {
    const data = join(this.#scratch, 'data');
    mkdirSync(data, { recursive: true });
    this.#bench = await openLibraries(data);
    const { libraries, platform } = this.#bench;
    if (libraries.list().length === 0) await libraries.create({ name: 'Test' });
    const events = (this.#events = new EventBus('test', () => Date.now()));
    const workers = this.#workers?.(platform.workers) ?? platform.workers;
    const ids = idSource(platform.clock, platform.random);
    this.#jobs = new DurableJobs({
      ...platform,
      events,
      newId: () => ids.text(),
      atOnce: () => 2,
      kinds: [verifyDuplicates(fullHashing({ ...platform, workers, events }))],
    });
    this.#jobs.attach(this.library);
    return this;
  }

  get library(): Library {
    return this.#opened.libraries.open();
  }
  get jobs(): DurableJobs {
    if (!this.#jobs) throw new Error('open it first');
    return this.#jobs;
  }
  get #opened(): LibraryBench {
    if (!this.#bench) throw new Error('open it first');
    return this.#bench;
  }

  async close(): Promise<void> {
    await this.#jobs?.close();
    await this.#bench?.libraries.stop();
    this.#bench = this.#jobs = undefined;
  }
  async remove(): Promise<void> {
    await this.close();
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  /** Writes a file below the folder. */
  write(name: string, bytes: string | Uint8Array): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    return path;
  }

  /** Puts a folder into the index as a location, with the contents of its files; answers the location's UUID. */
  async index(folder = this.folder): Promise<string> {
    const { platform } = this.#opened;
    const ids = idSource(platform.clock, platform.random);
    const uuid = ids.bytes();
    const { library } = this;
    await library.write((tx) => {
      const facts = platform.files.facts(folder);
      if (!facts) throw new Error('no folder to index');
      const root = library.entryIds.take(1);
      insertRootEntry(tx, { id: root, uuid: ids.bytes(), name: basenameOf(folder), facts });
      this.#indexChildren(tx, folder, root);
      insertLocation(tx, {
        uuid,
        device_id: uuidFromText(DEVICE.id) ?? uuid,
        root_entry_id: root,
        path: storedName(folder),
        name: basenameOf(folder),
        mode: 'content',
        rules: JSON.stringify(DEFAULT_RULES),
        created_at: 0,
      });
    });
    return uuidToText(uuid);
  }

  #indexChildren(tx: LibraryWriteTransaction, folder: string, parent: number): void {
    const listing = newListing();
    const { files } = this.#opened.platform;
    const hashing = nodeHashing();
    files.listFolder(folder, listing);
    const folders: [path: string, id: number][] = [];
    for (const [at, name] of listing.names.entries()) {
      const type = listing.types[at] ?? FILE;
      const size = listing.sizes[at] ?? 0;
      const path = joinNative(folder, name);
      const { prefix, ranges } = samplingPlan(size);
      const hash = type === FILE ? hashing.file(path, size, prefix, ranges)?.hash : undefined;
      if (hash) tx.run('INSERT OR IGNORE INTO contents (hash, size, kind) VALUES (?, ?, 0)', hash, size);
      const id = this.library.entryIds.take(1);
      tx.run(
        `INSERT INTO entries (id, parent_id, name, type, kind, size, mtime, inode, links, revision, content_id)
         VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, (SELECT id FROM contents WHERE hash = ?))`,
        id,
        parent,
        storedName(name),
        type,
        size,
        listing.mtimes[at] ?? 0,
        listing.inodes[at] ?? 0,
        (listing.links[at] ?? 1) > 1 ? 1 : 0,
        tx.revision,
        hash ?? null,
      );
      if (type === FOLDER) folders.push([path, id]);
    }
    for (const [path, id] of folders) this.#indexChildren(tx, path, id);
  }

  async ask<Q extends Query>(query: Q, input: Input<Q>): Promise<Output<Q>> {
    const answer = await query.run(this.context(), query.input.parse(input));
    return query.output.parse(JSON.parse(JSON.stringify(answer))) as Output<Q>;
  }

  /** The context of an action, for its three steps. */
  context(): Parameters<Action['commit']>[0] & Parameters<Action['preview']>[0] {
    return {
      ...this.#opened.platform,
      device: DEVICE,
      library: this.library,
      jobs: this.jobs,
      presenceOf: (location: LocationPlace) => presenceOf(location, this.#opened.platform.files),
      checkCancelled() {},
    } as never;
  }

  /** Resolves once the job is as asked. */
  async until(id: string, fits: (job: JobInfo) => boolean): Promise<JobInfo> {
    const now = this.jobs.info(id);
    if (fits(now)) return now;
    return new Promise((resolve) => {
      const end = this.#events?.subscribe(({ data }) => {
        const job = data?.['job'] as JobInfo | undefined;
        if (job?.id !== id || !fits(job)) return;
        end?.();
        resolve(job);
      });
    });
  }

  /** Runs a verification to its end. */
  async verify(input: Record<string, unknown> = {}): Promise<JobInfo> {
    const { id } = await this.jobs.enqueue({
      library: this.library.id,
      kind: 'content.verify_duplicates',
      subject: 'test',
      input: { min_size: 1, ...input },
    });
    return this.jobs.ended(id);
  }
}
