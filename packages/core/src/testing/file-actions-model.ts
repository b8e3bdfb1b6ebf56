import assert from 'node:assert/strict';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { nodeUserFiles } from '@sd/platform-node/user-files/user-files.ts';
import { TEMPORARY_PREFIX } from '../domain/temporary-name.ts';
import { basenameOf, isWithin, joinNative, parentOf } from '../domain/native-path.ts';
import type { JobInfo } from '../jobs/job-manager.ts';
import { FakeUserFiles } from './fake-user-files.ts';
import { FileTreeModel, type Policy } from './file-tree-model.ts';
import { inlineWorkers } from './inline-workers.ts';
import { type TestCore, jobEnd, openTestCore } from './open-test-core.ts';

/** What is done; `what` and `to` pick among what is there, by their number modulo how many. */
export type ModelStep =
  | { readonly do: 'copy' | 'move'; readonly what: number; readonly to: number; readonly policy: Policy }
  | { readonly do: 'rename'; readonly what: number; readonly name: string }
  | { readonly do: 'create_folder' | 'create_file'; readonly to: number; readonly name: string }
  | { readonly do: 'trash' | 'delete' | 'set_times'; readonly what: number }
  | { readonly do: 'restore' | 'undo' | 'redo' | 'rescan' }
  | { readonly do: 'write'; readonly to: number; readonly name: string }
  | { readonly do: 'modify'; readonly what: number }
  | { readonly do: 'remove'; readonly what: number }
  | { readonly do: 'move_aside'; readonly what: number; readonly name: string }
  | { readonly do: 'fault'; readonly at: number; readonly after: boolean };

interface Scope {
  after(call: () => void | Promise<void>): void;
}

/** The last action, and what there was before and after it. */
interface Taken {
  readonly receipt: string;
  readonly before: FileTreeModel;
  readonly after: FileTreeModel;
}

/** A library on two file systems, held against a plain map of what ought to lie there. */
export class FileActionsModel {
  readonly #core: TestCore;
  readonly #roots: readonly string[];
  readonly #faults: FakeUserFiles;
  #model = new FileTreeModel();
  #bytes = 0;
  #undo: Taken | undefined;
  #redo: Taken | undefined;
  #trashed: { readonly receipt: string; readonly path: string } | undefined;
  /** Somebody else changed something since the last scan. */
  #edited = false;
  /** Said where something is not as it ought to be. */
  readonly #story: string[] = [];

  private constructor(core: TestCore, roots: readonly string[], faults: FakeUserFiles) {
    this.#core = core;
    this.#roots = roots;
    this.#faults = faults;
  }

  static async open(scope: Scope, folder: string): Promise<FileActionsModel> {
    const faults = new FakeUserFiles(nodeUserFiles);
    const roots = [`${folder}/one`, mkdtempSync('/dev/shm/sd-two-')];
    scope.after(() => rmSync(roots[1] ?? '', { recursive: true, force: true }));
    mkdirSync(roots[0] ?? '');
    const core = await openTestCore(scope, {
      watching: { limit: 0 },
      platform: (platform) => ({ ...platform, workers: inlineWorkers(platform, faults.ports(platform)) }),
    });
    const model = new FileActionsModel(core, roots, faults);
    for (const root of roots) {
      model.#write(`${root}/a.txt`);
      mkdirSync(`${root}/b`);
      model.#model.nodes.set(`${root}/b`, null);
      model.#write(`${root}/b/a.txt`);
      model.#write(`${root}/b/c`);
      await core.index(root, { mode: 'content' });
    }
    return model;
  }

  async take(step: ModelStep): Promise<void> {
    this.#story.push(JSON.stringify(step));
    try {
      await this.#take(step);
      this.#checkDisk();
      await this.#checkTrash();
    } catch (error) {
      throw new Error(`after ${this.#story.join('\n')}`, { cause: error });
    }
  }

  /** At the end disk, index and model agree. */
  async end(): Promise<void> {
    await this.take({ do: 'rescan' });
    await this.take({ do: 'rescan' });
    await this.#checkIndex();
    assert.deepEqual(
      this.#core.warnings.filter((line) => !/a job failed|no room|DISK_FULL|made to fail/.test(line)),
      [],
    );
  }

  async close(): Promise<void> {
    await this.#core.close();
  }

  async #take(step: ModelStep): Promise<void> {
    switch (step.do) {
      case 'copy':
      case 'move':
        return this.#transfer(step);
      case 'rename':
        return this.#rename(step);
      case 'create_folder':
      case 'create_file':
        return this.#create(step);
      case 'trash':
      case 'delete':
      case 'set_times':
        return this.#alone(step);
      case 'restore':
        return this.#restore();
      case 'undo':
        return this.#back('undo');
      case 'redo':
        return this.#back('redo');
      case 'rescan':
        return this.#rescan();
      case 'fault':
        // It ends all of a plan as a full disk does, before or after something was done.
        return this.#faults.failAt(1 + step.at, 'DISK_FULL', { after: step.after });
      case 'write':
      case 'modify':
      case 'remove':
      case 'move_aside':
        return this.#edit(step);
    }
  }

  async #transfer({ do: what, what: pick, to, policy }: Extract<ModelStep, { do: 'copy' | 'move' }>): Promise<void> {
    const [source, folder] = [this.#pick(pick), this.#folder(to)];
    if (source === undefined || isWithin(folder, source)) return;
    const target = joinNative(folder, basenameOf(source));
    if (isWithin(source, target)) return;
    const expected = this.#model.copyOf();
    expected[what](source, target, policy);
    await this.#act(what, { sources: [source], to: folder, on_conflict: policy }, expected);
  }

  async #rename({ what, name }: Extract<ModelStep, { do: 'rename' }>): Promise<void> {
    const source = this.#pick(what);
    const target = source && joinNative(parentOf(source) ?? '/', name);
    if (source === undefined || target === undefined || this.#model.has(target)) return;
    const expected = this.#model.copyOf();
    expected.rename(source, target);
    await this.#act('rename', { path: source, name }, expected);
  }

  async #create({ do: what, to, name }: Extract<ModelStep, { do: 'create_folder' | 'create_file' }>): Promise<void> {
    const path = joinNative(this.#folder(to), name);
    if (this.#model.has(path)) return;
    const expected = this.#model.copyOf();
    expected.nodes.set(path, what === 'create_folder' ? null : '');
    await this.#act(what, { path }, expected);
  }

  async #alone({ do: what, what: pick }: Extract<ModelStep, { do: 'trash' | 'delete' | 'set_times' }>): Promise<void> {
    const path = this.#pick(pick);
    if (path === undefined) return;
    const expected = this.#model.copyOf();
    if (what === 'trash') expected.toTrash(path);
    if (what === 'delete') expected.remove(path);
    const input = {
      sources: [path],
      ...(what === 'set_times' ? { modified: 1_600_000_000_000 + this.#bytes * 1000 } : {}),
    };
    const receipt = await this.#act(what, input, expected);
    if (what === 'trash') this.#trashed = { receipt, path };
    if (what === 'delete') this.#undo = undefined;
  }

  async #restore(): Promise<void> {
    const item = this.#trashed;
    this.#trashed = undefined;
    if (!item || this.#model.has(item.path) || !this.#isThere(parentOf(item.path) ?? '/')) return;
    const taken = [this.#undo, this.#redo].find((one) => one?.receipt === item.receipt);
    // What it was is known while nothing came between.
    if (!taken || taken !== this.#undo) return;
    await this.#act('restore', { receipt: item.receipt }, taken.before.copyOf());
  }

  async #back(verb: 'undo' | 'redo'): Promise<void> {
    const taken = verb === 'undo' ? this.#undo : this.#redo;
    if (!taken) return;
    const expected = (verb === 'undo' ? taken.before : taken.after).copyOf();
    const method = `action:history.${verb}` as const;
    const { receipt, result } = await this.#core.client.call(method, { receipt: taken.receipt });
    assert.ok(result.job, `${verb} has a job`);
    await this.#ended(result.job.id);
    // What was in the trash may have come back, or what was made have gone there.
    const seen = this.#model.trash;
    this.#model = expected;
    const found = await this.#inTrash();
    const lying = new Set(this.#model.nodes.values());
    this.#model.trash = [...new Set([...seen, ...expected.trash])].filter(
      (bytes) => found.has(bytes) || !lying.has(bytes),
    );
    this.#undo = undefined;
    this.#redo = verb === 'undo' ? { ...taken, receipt } : undefined;
  }

  async #act(action: string, input: object, expected: FileTreeModel): Promise<string> {
    const call = this.#core.client.call.bind(this.#core.client) as (method: string, input: object) => Promise<never>;
    const { plan_id } = (await call(`preview:entries.${action}`, input)) as { plan_id: string };
    const { receipt, result } = (await call(`action:entries.${action}`, { plan_id })) as {
      receipt: string;
      result: { job: { id: string } };
    };
    const job = await this.#ended(result.job.id);
    assert.equal((job.result as { failed: number }).failed, 0, JSON.stringify(job.problems));
    const taken = { receipt, before: this.#model, after: expected };
    // Where all was skipped there is nothing to take back.
    this.#undo = (job.result as { done: number }).done > 0 ? taken : undefined;
    this.#redo = undefined;
    this.#model = expected.copyOf();
    return receipt;
  }

  /** A job that met a fault waits for its next try, and has it now. */
  async #ended(id: string): Promise<JobInfo> {
    const { client, core } = this.#core;
    const end = jobEnd(core, client, id);
    const leave = core.events.subscribe(({ resource, data }) => {
      const job = resource === 'job' ? (data?.['job'] as JobInfo | undefined) : undefined;
      if (job?.id === id && job.next_try_at !== undefined) void client.call('action:jobs.retry', { id });
    });
    const ended = await end.finally(leave);
    assert.equal(ended.state, 'completed', JSON.stringify(ended.error));
    return ended;
  }

  #edit(step: Extract<ModelStep, { do: 'write' | 'modify' | 'remove' | 'move_aside' }>): void {
    const path = step.do === 'write' ? joinNative(this.#folder(step.to), step.name) : this.#pick(step.what);
    if (path === undefined) return;
    this.#edited = true;
    // What an action left is not what is there now: it is not taken back as a whole any more.
    this.#undo = this.#redo = undefined;
    if (step.do === 'write' || step.do === 'modify') {
      if (!this.#model.isFolder(path)) this.#write(path);
    } else if (step.do === 'remove') {
      rmSync(path, { recursive: true });
      this.#model.remove(path);
    } else {
      const to = joinNative(parentOf(path) ?? '/', step.name);
      if (this.#model.has(to)) return;
      renameSync(path, to);
      this.#model.rename(path, to);
    }
  }

  async #rescan(): Promise<void> {
    const { locations } = await this.#core.client.call('query:locations.list', {});
    for (const { id } of locations) {
      const { result } = await this.#core.rescan(id, { full: true });
      const { added, modified, moved, removed } = result as Record<string, number>;
      const changes = { added, modified, moved, removed };
      if (!this.#edited) assert.deepEqual(changes, { added: 0, modified: 0, moved: 0, removed: 0 });
    }
    this.#edited = false;
  }

  /** Bytes that were never there before. */
  #write(path: string): void {
    const bytes = `bytes ${++this.#bytes}`;
    writeFileSync(path, bytes);
    this.#model.nodes.set(path, bytes);
  }

  #pick(number: number): string | undefined {
    const all = [...this.#model.nodes.keys()].sort();
    return all[number % Math.max(1, all.length)];
  }
  #folder(number: number): string {
    const all = [...this.#roots, ...[...this.#model.nodes.keys()].filter((path) => this.#model.isFolder(path)).sort()];
    return all[number % all.length] ?? '/';
  }
  #isThere(folder: string): boolean {
    return this.#roots.includes(folder) || this.#model.isFolder(folder);
  }

  #checkDisk(): void {
    const seen = new Map<string, string | null>();
    for (const root of this.#roots)
      for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
        assert.ok(!name.includes(TEMPORARY_PREFIX), `${name} was left`);
        // Trash of ours lies at the top of a volume.
        if (name.startsWith('.Trash') || name.includes('sd-trash')) continue;
        const path = join(root, name);
        seen.set(path, lstatSync(path).isDirectory() ? null : readFileSync(path, 'utf8'));
      }
    const plain = (nodes: Map<string, string | null>) => Object.fromEntries(nodes);
    assert.deepEqual(plain(seen), plain(this.#model.nodes));
  }

  /** What nobody chose to lose is in its place or in the trash. */
  async #checkTrash(): Promise<void> {
    const found = await this.#inTrash();
    for (const bytes of this.#model.trash) assert.ok(found.has(bytes), `${bytes} is in the trash`);
  }

  async #inTrash(): Promise<Set<string>> {
    const { items } = await this.#core.client.call('query:entries.list_trash', { limit: 500 });
    const found = new Set<string>();
    for (const { place } of items) {
      const facts = lstatSync(place, { throwIfNoEntry: false });
      assert.ok(facts, `${place} is in the trash`);
      if (!facts.isDirectory()) found.add(readFileSync(place, 'utf8'));
      else
        for (const name of readdirSync(place, { recursive: true, encoding: 'utf8' }))
          if (!lstatSync(join(place, name)).isDirectory()) found.add(readFileSync(join(place, name), 'utf8'));
    }
    return found;
  }

  async #checkIndex(): Promise<void> {
    const seen = new Map<string, number | null>();
    const look = async (path: string): Promise<void> => {
      const { entries } = await this.#core.client.call('query:vdfs.list_entries', { path, limit: 500 });
      for (const entry of entries) {
        assert.ok(entry.indexed, `${path}/${entry.name} is indexed`);
        seen.set(joinNative(path, entry.name), entry.type === 'folder' ? null : entry.size);
        if (entry.type === 'folder') await look(joinNative(path, entry.name));
      }
    };
    for (const root of this.#roots) await look(root);
    const expected = [...this.#model.nodes].map(
      ([path, bytes]) => [path, bytes === null ? null : bytes.length] as const,
    );
    assert.deepEqual(Object.fromEntries(seen), Object.fromEntries(expected));
  }
}
