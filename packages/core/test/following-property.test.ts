import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { isWithin, joinNative } from '../src/domain/native-path.ts';
import { FollowBench } from '../src/testing/follow-bench.ts';
import { freshPicture } from '../src/testing/fresh-picture.ts';
import { indexPicture } from '../src/testing/index-picture.ts';
import { temporaryFolder } from '../src/testing/open-test-core.ts';
import { ScanBench } from '../src/testing/scan-bench.ts';

/** Some that rules leave out, one that is no UTF-8, one that says what is left out. */
const NAMES = [
  'one.txt',
  'two.jpg',
  'sub',
  'deep',
  'skip me',
  '.hidden',
  'node_modules',
  'b\udcff',
  '.gitignore',
  'CMakeCache.txt',
  'build',
];
const RULES = { exclude: ['skip*', 'sub/deep/**'], hidden: true, gitignore: true, dev_folders: true };
const KINDS = [
  'file',
  'folder',
  'copy',
  'move',
  'pieces',
  'trash',
  'restore',
  'remove',
  'touch',
  'link',
  'follow',
] as const;

interface Action {
  readonly kind: (typeof KINDS)[number];
  readonly at: number;
  readonly to: number;
  readonly name: string;
}
const anyAction: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom(...KINDS),
  at: fc.nat(1_000),
  to: fc.nat(1_000),
  name: fc.constantFrom(...NAMES),
});

/** What lies on the disk in the model: by path, the id the index first had for it, wherever it has been since. */
class World {
  readonly paths = new Map<string, { folder: boolean; id?: number | undefined }>();
  readonly trashed: { uuid: string; from: string }[] = [];
  readonly bench: FollowBench;
  readonly #roots: readonly string[];

  constructor(bench: FollowBench, roots: readonly string[]) {
    this.bench = bench;
    this.#roots = roots;
  }

  /** Answers whether the batch is to be followed now. */
  do({ kind, at, to, name }: Action): boolean {
    const { bench } = this;
    const folders = [...this.#roots, ...this.#all(true)];
    const all = [...this.#all(true), ...this.#all(false)];
    const target = joinNative(folders[to % folders.length] ?? '', name);
    const source = all[at % Math.max(1, all.length)];
    const free = !this.paths.has(target);
    switch (kind) {
      case 'follow':
        return true;
      case 'file':
        if (!free) break;
        bench.file(target, name === '.gitignore' ? 'two.*\n' : `${target} ${at}`);
        this.paths.set(target, { folder: false });
        break;
      case 'folder':
        if (!free) break;
        bench.folder(target);
        this.paths.set(target, { folder: true });
        break;
      case 'link': {
        // Of names where no index is, nobody is told.
        const files = this.#all(false).filter((path) => !path.includes('/out/'));
        const file = files[at % Math.max(1, files.length)];
        if (!free || file === undefined || target.includes('/out/')) break;
        bench.link(file, target);
        this.paths.set(target, { folder: false });
        break;
      }
      case 'copy':
        if (!free || source === undefined || isWithin(target, source)) break;
        bench.copy(source, target);
        for (const [path, { folder }] of this.#below(source))
          this.paths.set(target + path.slice(source.length), { folder });
        break;
      case 'move':
      case 'pieces':
        if (!free || source === undefined || isWithin(target, source)) break;
        if (kind === 'move') bench.move(source, target);
        else bench.moveByPieces(source, target);
        this.#rename(source, target);
        break;
      case 'trash':
        if (source === undefined) break;
        this.trashed.push({ uuid: bench.trash(source), from: source });
        this.#rename(source, bench.placeOf(this.trashed.at(-1)?.uuid ?? ''));
        break;
      case 'restore': {
        const [item] = this.trashed.splice(at % Math.max(1, this.trashed.length), free ? 1 : 0);
        if (!item) break;
        bench.restore(item.uuid, target);
        this.#rename(bench.placeOf(item.uuid), target);
        break;
      }
      case 'remove':
        if (source === undefined) break;
        bench.remove(source);
        for (const [path] of this.#below(source)) this.paths.delete(path);
        break;
      case 'touch':
        if (source !== undefined) bench.touch(source, 1_600_000_000_000 + at * 1000);
    }
    return false;
  }

  /** Of what can be worked on: not in the trash. */
  #all(folder: boolean): string[] {
    return [...this.paths]
      .filter(([path, is]) => is.folder === folder && this.#roots.some((root) => isWithin(path, root)))
      .map(([path]) => path);
  }
  #below(top: string): [string, { folder: boolean; id?: number | undefined }][] {
    return [...this.paths].filter(([path]) => isWithin(path, top));
  }
  #rename(from: string, to: string): void {
    for (const [path, is] of this.#below(from)) {
      this.paths.delete(path);
      this.paths.set(to + path.slice(from.length), is);
    }
  }
}

test('whatever actions do, the index they leave is that of a first scan, and what survives is who it was', async (t) => {
  const place = temporaryFolder(t);
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyAction, { minLength: 1, maxLength: 40 }), async (actions) => {
      const folder = `${place}/${++run}`;
      for (const path of ['data', 'a', 'b', 'out']) mkdirSync(`${folder}/${path}`, { recursive: true });
      for (const path of ['a/one.txt', 'b/two.jpg']) writeFileSync(`${folder}/${path}`, path);
      const scans = new ScanBench(`${folder}/data`);
      const bench = new FollowBench(scans.platform, scans.library, `${folder}/can`);
      try {
        const locations = new Map<string, string>();
        for (const name of ['a', 'b']) {
          const root = `${folder}/${name}`;
          locations.set(root, await scans.add(root, 'content', name === 'a' ? RULES : {}));
          await scans.scan(locations.get(root) ?? '');
        }
        const world = new World(bench, [...locations.keys(), `${folder}/out`]);
        world.paths.set(`${folder}/a/one.txt`, { folder: false });
        world.paths.set(`${folder}/b/two.jpg`, { folder: false });
        const hold = (): void => {
          for (const [root, location] of locations) {
            const { ids } = indexPicture(scans.library.db, scans.location(location).root_entry_id);
            for (const [path, id] of ids) {
              const known = world.paths.get(path === '' ? root : joinNative(root, path));
              if (!known) continue;
              assert.equal(id, (known.id ??= id), `${path} is who it was`);
            }
          }
        };
        for (const action of actions) {
          if (!world.do(action)) continue;
          bench.follow();
          hold();
        }
        bench.finish();
        hold();
        for (const [root, location] of locations) {
          const { entries } = indexPicture(scans.library.db, scans.location(location).root_entry_id);
          const fresh = await freshPicture(folder, root, 'content', root.endsWith('a') ? RULES : {});
          assert.deepEqual(entries, fresh);
        }
        const before = scans.library.db.prepare('SELECT revision FROM write_state').get();
        bench.finish();
        assert.deepEqual(scans.library.db.prepare('SELECT revision FROM write_state').get(), before);
        assert.deepEqual(scans.problems(), []);
      } finally {
        bench.close();
        await scans.close();
      }
    }),
    { numRuns: Number(process.env['SD_FUZZ'] ?? 20) },
  );
});
