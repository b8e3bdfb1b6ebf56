import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { temporaryFolder } from '../testing/open-test-core.ts';
import { ScanBench } from '../testing/scan-bench.ts';
import { LibraryWriter } from './library-writer.ts';
import { rollUp } from './roll-up.ts';

interface Tree {
  /** By folder: which earlier one it lies in (0 is the root), and what lies in it itself. */
  readonly folders: readonly { readonly parent: number; readonly bytes: number; readonly files: number }[];
  /** Names of one file: an inode, in a folder. */
  readonly links: readonly { readonly inode: number; readonly folder: number }[];
}
const anyTree = (leastFolders: number): fc.Arbitrary<Tree> =>
  fc.record({
    folders: fc.array(fc.record({ parent: fc.nat(), bytes: fc.nat(1000), files: fc.nat(9) }), {
      minLength: leastFolders,
      maxLength: 40,
      size: 'max',
    }),
    links: fc.array(fc.record({ inode: fc.integer({ min: 1, max: 6 }), folder: fc.nat() }), {
      maxLength: 25,
      size: 'max',
    }),
  });
const parentAt = ({ folders }: Tree, at: number): number => (at === 0 ? -1 : (folders[at]?.parent ?? 0) % at);
const folderOf = ({ folders }: Tree, link: { folder: number }): number => link.folder % folders.length;
/** Every name of an inode has the size of its inode. */
const sizeOf = (inode: number): number => inode * 10_000;

/** What each folder should sum up, straight from what the words mean. */
function expected(tree: Tree) {
  return tree.folders.map((_, top) => {
    const inside = (at: number): boolean => at === top || (at > 0 && inside(parentAt(tree, at)));
    const below = tree.folders.map((folder, at) => ({ ...folder, at })).filter(({ at }) => inside(at));
    const names = tree.links.filter((link) => inside(folderOf(tree, link)));
    const once = new Set(names.map(({ inode }) => inode));
    return {
      bytes:
        below.reduce((sum, { bytes }) => sum + bytes, 0) + [...once].reduce((sum, inode) => sum + sizeOf(inode), 0),
      files: below.reduce((sum, { files }) => sum + files, 0) + names.length,
      folders: below.length - 1,
    };
  });
}

function bench(t: TestContext) {
  const { library, platform, ...rest } = open(t);
  const writer = new LibraryWriter(platform, library.access, library.lock.newOwner());
  rest.undo.push(() => writer.close());
  const write = (tree: Tree): void => {
    writer.write((tx) => {
      tx.run('DELETE FROM entries');
      tx.run('DELETE FROM folders');
      const insert = (
        id: number,
        parent: number | null,
        type: number,
        size: number,
        inode: number,
        links: number,
      ): void =>
        void tx.run(
          'INSERT INTO entries (id, parent_id, name, type, kind, size, mtime, inode, links, revision) VALUES (?, ?, ?, ?, 0, ?, 0, ?, ?, 1)',
          id,
          parent,
          `${id}`,
          type,
          size,
          inode,
          links,
        );
      tree.folders.forEach(({ bytes, files }, at) => {
        const own = tree.links.filter((link) => folderOf(tree, link) === at);
        const children = tree.folders.filter((_, child) => child > 0 && parentAt(tree, child) === at).length;
        insert(at + 1, at === 0 ? null : parentAt(tree, at) + 1, 1, 0, 0, 0);
        tx.run(
          'INSERT INTO folders (entry_id, own_bytes, own_files, own_folders) VALUES (?, ?, ?, ?)',
          at + 1,
          bytes + own.reduce((sum, { inode }) => sum + sizeOf(inode), 0),
          files + own.length,
          children,
        );
      });
      tree.links.forEach((link, at) =>
        insert(1000 + at, folderOf(tree, link) + 1, 0, sizeOf(link.inode), link.inode, 1),
      );
    });
  };
  const sums = () => writer.db.prepare('SELECT bytes, files, folders FROM folders ORDER BY entry_id').all();
  const stale = (ids: readonly number[]): void => {
    writer.write((tx) => ids.forEach((id) => tx.run('UPDATE folders SET stale = 1 WHERE entry_id = ?', id)));
  };
  return { writer, write, sums, stale };
}
function open(t: TestContext) {
  const { library, platform } = new ScanBench(temporaryFolder(t));
  const undo: (() => void | Promise<void>)[] = [() => library.close()];
  t.after(async () => {
    for (const step of undo.reverse()) await step();
  });
  return { library, platform, undo };
}
const nothing = (): void => {};

test('all folders at once: hard links count once in each folder that holds them', (t) => {
  const { writer, write, sums } = bench(t);
  fc.assert(
    fc.property(anyTree(1), (tree) => {
      write(tree);
      rollUp(writer, nothing);
      assert.deepEqual(sums(), expected(tree));
    }),
  );
});

test('from a few stale folders up: the same as all at once', (t) => {
  const { writer, write, sums, stale } = bench(t);
  fc.assert(
    fc.property(anyTree(17), fc.nat(), (tree, changed) => {
      write(tree);
      rollUp(writer, nothing);
      const at = changed % tree.folders.length;
      const after = {
        ...tree,
        folders: tree.folders.map((folder, index) =>
          index === at ? { ...folder, bytes: folder.bytes + 7, files: folder.files + 1 } : folder,
        ),
      };
      writer.write((tx) =>
        tx.run('UPDATE folders SET own_bytes = own_bytes + 7, own_files = own_files + 1 WHERE entry_id = ?', at + 1),
      );
      stale([at + 1]);
      rollUp(writer, nothing);
      assert.deepEqual(sums(), expected(after));
    }),
  );
});

test('cut off after any write, the next one ends the same', (t) => {
  const { writer, write, sums, stale } = bench(t);
  // A chain deeper than one write takes, with something at its end.
  const chain: Tree = {
    folders: Array.from({ length: 2_500 }, (_, at) => ({
      parent: at - 1,
      bytes: at === 2_499 ? 5 : 0,
      files: at === 2_499 ? 1 : 0,
    })),
    links: [],
  };
  for (const few of [false, true]) {
    for (let cut = 1; cut <= 3; cut++) {
      write(chain);
      if (few) {
        rollUp(writer, nothing);
        writer.write((tx) => tx.run('UPDATE folders SET own_bytes = 6 WHERE entry_id = 2500'));
        stale([2_500]);
      }
      let writes = 0;
      const stop = (): void => {
        if (++writes === cut) throw new Error('cut off');
      };
      assert.throws(() => rollUp(writer, stop), /cut off/);
      rollUp(writer, nothing);
      assert.equal((sums()[0] as { bytes: number }).bytes, few ? 6 : 5);
      assert.equal(writer.db.prepare('SELECT 1 FROM folders WHERE stale = 1').get(), undefined);
    }
  }
});
