import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { isWithin, joinNative } from '../domain/native-path.ts';
import { locationByUuid } from '../db/library/locations.ts';
import type { Platform } from '../platform.ts';
import type { Connection, Sqlite } from '../ports/sqlite.ts';
import type { FileTreeModel } from './file-tree-model.ts';
import { type EntryPicture, indexPicture } from './index-picture.ts';
import type { TestCore } from './open-test-core.ts';
import { ScanBench } from './scan-bench.ts';

/** What a later look at the contents says, and the names that go with it. */
const LATER = ['content', 'named', 'unidentified'] as const;

/** Keeps the way in which a core opens its library, to read there what no client is shown. */
export class LibraryKey {
  #opened: Parameters<Sqlite['open']>[0] | undefined;

  readonly watch = (platform: Platform): Platform => ({
    ...platform,
    sqlite: {
      ...platform.sqlite,
      open: (options) => {
        if (options.path.endsWith('/library.db')) this.#opened = options;
        return platform.sqlite.open(options);
      },
    },
  });

  open(sqlite: Sqlite): Connection {
    if (!this.#opened) throw new Error('no library was opened');
    return sqlite.open({ ...this.#opened, mode: 'read' });
  }
}

/** Holds the index of a core against one that is made afresh, and says whether who survived is who it was. */
export class HeldIndex {
  readonly #core: TestCore;
  readonly #db: Connection;
  readonly #fresh: ScanBench;
  /** Location ids by root. */
  readonly #locations: ReadonlyMap<string, string>;
  /** Entry ids, by who it is in the model. */
  #ids = new Map<number, number>();
  #tagged = new Set<number>();

  constructor(core: TestCore, db: Connection, place: string, locations: ReadonlyMap<string, string>) {
    this.#core = core;
    this.#db = db;
    this.#locations = locations;
    mkdirSync(place);
    this.#fresh = new ScanBench(place);
  }

  async close(): Promise<void> {
    this.#db.close();
    await this.#fresh.close();
  }

  /** Somebody else changed something: who is who has to be learnt anew. */
  forget(): void {
    this.#ids = new Map();
    this.#tagged = new Set();
  }

  async tag(path: string, who: number): Promise<void> {
    const targets = { paths: [path] };
    await this.#core.client.call('action:tags.apply', { tags: ['kept'], targets, on: 'entry', create: true });
    this.#tagged.add(who);
  }

  /** Ids and tags are those they were; each entry is as the disk has it. With `contents`, what is in the files too. */
  async hold(model: FileTreeModel, { contents = false } = {}): Promise<void> {
    for (const [root, location] of this.#locations) {
      const { entries, ids } = this.#picture(location);
      const expected = await this.#freshPicture(root);
      assert.deepEqual(plain(entries, contents), plain(expected, contents), `the index of ${root}`);
      for (const path of model.paths) if (isWithin(path, root)) this.#known(model, path, ids.get(below(root, path)));
    }
  }

  /** Where an entry lies now; `undefined`: in no location. */
  pathOf(id: number): string | undefined {
    for (const [root, location] of this.#locations)
      for (const [path, found] of this.#picture(location).ids) if (found === id) return joinNative(root, path);
    return undefined;
  }

  #known(model: FileTreeModel, path: string, id: number | undefined): void {
    const who = model.who(path) ?? 0;
    assert.ok(id !== undefined, `${path} is indexed`);
    assert.equal(id, this.#ids.get(who) ?? id, `${path} is who it was`);
    this.#ids.set(who, id);
    if (!this.#tagged.has(who)) return;
    const row = this.#db.prepare('SELECT 1 FROM tag_applications WHERE scope = 0 AND target_id = ?').get(id);
    assert.ok(row, `${path} has its tag`);
  }

  #picture(location: string): ReturnType<typeof indexPicture> {
    const row = locationByUuid(this.#db, location);
    if (!row) throw new Error('no such location');
    return indexPicture(this.#db, row.root_entry_id);
  }

  async #freshPicture(root: string): Promise<Map<string, EntryPicture>> {
    const location = await this.#fresh.add(root, 'content');
    await this.#fresh.scan(location);
    const { entries } = indexPicture(this.#fresh.library.db, this.#fresh.location(location).root_entry_id);
    await this.#fresh.remove(location);
    return entries;
  }
}

function plain(entries: Map<string, EntryPicture>, contents: boolean): Record<string, Partial<EntryPicture>> {
  const left = ([path, picture]: [string, EntryPicture]): [string, Partial<EntryPicture>] => {
    const some: Partial<Record<keyof EntryPicture, unknown>> = { ...picture };
    if (!contents) for (const column of LATER) delete some[column];
    return [path, some as Partial<EntryPicture>];
  };
  return Object.fromEntries([...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(left));
}

function below(root: string, path: string): string {
  return path.slice(root.length + 1);
}
