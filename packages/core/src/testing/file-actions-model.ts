import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { nodeSqlite } from '@sd/platform-node/sqlite.ts';
import { nodeUserFiles } from '@sd/platform-node/user-files/user-files.ts';
import { type Carried, changedSteps } from '../domain/carried.ts';
import { joinNative, parentOf } from '../domain/native-path.ts';
import { FakeUserFiles } from './fake-user-files.ts';
import { FileTreeModel, Undecided } from './file-tree-model.ts';
import { HeldIndex, LibraryKey } from './held-index.ts';
import { inlineWorkers } from './inline-workers.ts';
import { bytesInTrash, holdDisk, winsOnDisk } from './model-disk.ts';
import { type Asked, Picks, askedOf } from './model-asked.ts';
import type { EditStep, ModelStep } from './model-step.ts';
import { endedSurely, nothingToDo } from './model-jobs.ts';
import { type TestCore, openTestCore } from './open-test-core.ts';

interface Scope {
  after(call: () => void | Promise<void>): void;
}

/** The last action, and what there was before and after it. */
interface Taken {
  readonly receipt: string;
  readonly before: FileTreeModel;
  readonly after: FileTreeModel;
}

interface Parts {
  readonly core: TestCore;
  readonly roots: readonly string[];
  readonly faults: FakeUserFiles;
  readonly index: HeldIndex;
  /** What changes on the disk comes into the index by itself. */
  readonly watched: boolean;
}

/** A library on two file systems, held against a plain map of what ought to lie there. */
export class FileActionsModel {
  readonly #parts: Parts;
  #model = new FileTreeModel(winsOnDisk);
  #bytes = 0;
  #undo: Taken | undefined;
  #redo: Taken | undefined;
  /** Receipt of what was taken to the trash last. */
  #trashed: string | undefined;
  /** Somebody else changed something since the last scan. */
  #edited = false;
  /** Said where something is not as it ought to be. */
  readonly #story: string[] = [];

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static async open(scope: Scope, folder: string, watched: boolean): Promise<FileActionsModel> {
    const faults = new FakeUserFiles(nodeUserFiles);
    const roots = [`${folder}/one`, mkdtempSync('/dev/shm/sd-two-')];
    scope.after(() => rmSync(roots[1] ?? '', { recursive: true, force: true }));
    mkdirSync(roots[0] ?? '');
    const key = new LibraryKey();
    const core = await openTestCore(scope, {
      watching: watched ? {} : { limit: 0 },
      platform: (platform) => {
        const kept = key.watch(platform);
        return { ...kept, workers: inlineWorkers(kept, faults.ports(kept)) };
      },
    });
    const locations = new Map<string, string>();
    for (const root of roots) locations.set(root, (await core.index(root, { mode: 'content' })).location.id);
    const index = new HeldIndex(core, key.open(nodeSqlite), `${folder}/fresh`, locations);
    scope.after(() => index.close());
    const model = new FileActionsModel({ core, roots, faults, index, watched });
    for (const root of roots) {
      model.#write(`${root}/a.txt`);
      mkdirSync(`${root}/b`);
      model.#model.set(`${root}/b`, null);
      model.#write(`${root}/b/a.txt`);
      model.#write(`${root}/b/c`);
    }
    model.#edited = true;
    await model.#rescan();
    return model;
  }

  async take(step: ModelStep): Promise<void> {
    const { core, roots, index, watched } = this.#parts;
    this.#story.push(JSON.stringify(step));
    try {
      await this.#take(step);
      await holdDisk(this.#model, roots, core.client);
      if (watched) await this.#seen();
      if (!this.#edited) await index.hold(this.#model);
    } catch (error) {
      throw new Error(`after ${this.#story.join('\n')}\nwarned: ${core.warnings.join('\n')}`, { cause: error });
    }
  }

  /** At the end disk, index and model agree, in what the files hold too. */
  async end(): Promise<void> {
    const { core, index } = this.#parts;
    await this.take({ do: 'rescan' });
    await this.take({ do: 'rescan' });
    await nothingToDo(core);
    await index.hold(this.#model, { contents: true });
    assert.deepEqual(
      core.warnings.filter((line) => !/a job failed|no room|DISK_FULL|made to fail/.test(line)),
      [],
    );
  }

  async #take(step: ModelStep): Promise<void> {
    switch (step.do) {
      case 'meanwhile': {
        const asked = askedOf(step.action, this.#picks);
        return asked && this.#act(asked, step.edit);
      }
      case 'restore':
        return this.#restore();
      case 'undo':
      case 'redo':
        return this.#back(step.do);
      case 'rescan':
        return this.#rescan();
      case 'tag': {
        const path = this.#picks.any(step.what);
        if (path === undefined || this.#edited) return;
        return this.#parts.index.tag(path, this.#model.who(path) ?? 0);
      }
      case 'fault':
        // It ends all of a plan as a full disk does, before or after something was done.
        // One at a time: where the taking away of what failed fails too, that is left, and named.
        this.#parts.faults.heal();
        return this.#parts.faults.failAt(1 + step.at, 'DISK_FULL', { after: step.after });
      case 'write':
      case 'modify':
      case 'remove':
      case 'move_aside':
        return this.#edit(step);
      case 'copy':
      case 'create_file':
      case 'create_folder':
      case 'delete':
      case 'move':
      case 'rename':
      case 'set_times':
      case 'trash': {
        const asked = askedOf(step, this.#picks);
        return asked && this.#act(asked);
      }
    }
  }

  async #restore(): Promise<void> {
    const receipt = this.#trashed;
    const taken = this.#undo;
    this.#trashed = undefined;
    // What it was is known while nothing came between.
    if (receipt === undefined || taken?.receipt !== receipt) return;
    const after = taken.before.copyOf();
    after.comesFrom(this.#model);
    await this.#carriedOut({ action: 'restore', input: { receipt } }, after);
  }

  async #back(verb: 'undo' | 'redo'): Promise<void> {
    const { client } = this.#parts.core;
    const taken = verb === 'undo' ? this.#undo : this.#redo;
    if (!taken) return;
    const { receipt, result } = await client.call(`action:history.${verb}` as const, { receipt: taken.receipt });
    assert.ok(result.job, `${verb} has a job`);
    await endedSurely(this.#parts.core, result.job.id);
    const expected = (verb === 'undo' ? taken.before : taken.after).copyOf();
    expected.comesFrom(this.#model);
    // What was in the trash may have come back, or what was made have gone there.
    const found = await bytesInTrash(client);
    const lying = new Set(Object.values(expected.nodes));
    expected.trash = [...new Set([...this.#model.trash, ...expected.trash])].filter(
      (bytes) => found.has(bytes) || !lying.has(bytes),
    );
    this.#redo = verb === 'undo' ? { receipt, before: expected, after: this.#model } : undefined;
    this.#undo = undefined;
    this.#model = expected;
  }

  /** With an `edit` while its plan is shown, it is refused, or does what it does of what is there by then. */
  async #act({ expect, ...asked }: Asked, edit?: EditStep): Promise<void> {
    const plan = await this.#preview(asked);
    if (edit) this.#edit(edit);
    const after = this.#model.copyOf();
    let undecided = false;
    try {
      expect(after);
    } catch (error) {
      if (!edit && !(error instanceof Undecided)) throw error;
      undecided = true;
    }
    const mayRefuse = [...(undecided ? ['CONFIRMATION_NEEDED'] : []), ...(edit ? ['PLAN_STALE'] : [])];
    if (mayRefuse.length === 0) return this.#carriedOut(asked, after, plan);
    try {
      await this.#carriedOut(asked, after, plan);
    } catch (error) {
      const { code = '' } = error as { code?: string };
      if (!mayRefuse.includes(code)) throw error;
      return;
    }
    assert.ok(!undecided, 'what nobody has decided is asked');
  }

  async #preview({ action, input }: Omit<Asked, 'expect'>): Promise<string> {
    return (await this.#call<{ plan_id: string }>(`preview:entries.${action}`, input)).plan_id;
  }

  async #carriedOut(asked: Omit<Asked, 'expect'>, after: FileTreeModel, shown?: string): Promise<void> {
    const plan_id = shown ?? (await this.#preview(asked));
    const { action } = asked;
    const { receipt, result } = await this.#call<{ receipt: string; result: { job: { id: string } } }>(
      `action:entries.${action}`,
      { plan_id },
    );
    const job = await endedSurely(this.#parts.core, result.job.id);
    const carried = job.result as Carried;
    assert.equal(carried.failed, 0, JSON.stringify(job.problems));
    const before = this.#model;
    const changed = JSON.stringify(before.nodes) !== JSON.stringify(after.nodes) || action === 'set_times';
    const { undoable } = (await this.#parts.core.client.call('query:history.info', { receipt })).action;
    // What was deleted for good is for good.
    assert.equal(undoable, action !== 'delete' && changedSteps(carried) > 0);
    if (changed && action !== 'delete') assert.ok(undoable, 'what changed something can be undone');
    const taken = { receipt, before, after };
    this.#undo = undoable ? taken : undefined;
    this.#redo = undefined;
    if (action === 'trash') this.#trashed = receipt;
    this.#model = after.copyOf();
  }

  #call<T>(method: string, input: object): Promise<T> {
    const { client } = this.#parts.core;
    return (client.call.bind(client) as (method: string, input: object) => Promise<never>)(method, input);
  }

  #edit(step: EditStep): void {
    const path = step.do === 'write' ? joinNative(this.#picks.folder(step.to), step.name) : this.#picks.any(step.what);
    if (path === undefined) return;
    this.#edited = true;
    // What an action left is not what is there now: it is not taken back as a whole any more.
    this.#undo = this.#redo = undefined;
    if (step.do === 'write' || step.do === 'modify') {
      if (!this.#model.isFolder(path)) this.#write(path);
    } else if (step.do === 'remove') {
      rmSync(path, { recursive: true });
      this.#model.remove(path);
    } else if ('name' in step) {
      const to = joinNative(parentOf(path) ?? '/', step.name);
      if (this.#model.has(to)) return;
      renameSync(path, to);
      this.#model.rename(path, to);
    }
  }

  /** All that others did is in the index. */
  async #seen(): Promise<void> {
    const { core, client } = this.#parts.core;
    await core.watched((await client.call('query:libraries.list', {})).libraries[0]?.id ?? '');
    if (this.#edited) this.#parts.index.forget();
    this.#edited = false;
  }

  async #rescan(): Promise<void> {
    const { core, index } = this.#parts;
    const { locations } = await core.client.call('query:locations.list', {});
    for (const { id } of locations) {
      const { result } = await core.rescan(id, { full: true });
      const { added, modified, moved, removed } = result as Record<string, number>;
      const changes = { added, modified, moved, removed };
      if (!this.#edited) assert.deepEqual(changes, { added: 0, modified: 0, moved: 0, removed: 0 });
    }
    if (this.#edited) index.forget();
    this.#edited = false;
  }

  /** Bytes that were never there before, and not always as many. */
  #write(path: string): void {
    const bytes = `bytes ${++this.#bytes}${'.'.repeat(this.#bytes % 3)}`;
    writeFileSync(path, bytes);
    this.#model.set(path, bytes);
  }

  get #picks(): Picks {
    return new Picks(this.#model, this.#parts.roots);
  }
}
