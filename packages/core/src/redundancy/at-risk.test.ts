import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { duplicateGroups } from '../db/library/duplicates.ts';
import { storedName } from '../db/library/root-entry.ts';
import { SearchLibrary } from '../testing/search-fixture.ts';
import { type RiskFilter, atRisk } from './at-risk.ts';

interface File {
  readonly content: number;
  /**
   * Which of the six locations: the first two lie on one volume; of the others none is known, but that the last was on
   * their file system, and the third and the fifth on another. The fourth is none any more.
   */
  readonly location: number;
  readonly deep: boolean;
  /** Files with the same number are names of one file, where they are of one content and location. */
  readonly inode: number | undefined;
  readonly hidden: boolean;
}

const VOLUMES = [1, 1, undefined, undefined, undefined, undefined];
const FILE_SYSTEMS = [50, 50, 51, 51, 51, 50];
const NO_LOCATION = 3;
const SIZES = [10, 20, 20, 30];
const FIRST_FILE = 10_000;

const filesArbitrary = fc.array(
  fc.record({
    content: fc.nat({ max: 3 }),
    location: fc.nat({ max: 5 }),
    deep: fc.boolean(),
    inode: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
    hidden: fc.boolean(),
  }),
  { maxLength: 12 },
);
const filterArbitrary = fc.record({
  once: fc.constantFrom('copy' as const, 'volume' as const),
  minSize: fc.constantFrom(1, 20),
  kinds: fc.option(fc.constantFrom([0], [1, 2]), { nil: undefined }),
  below: fc.option(fc.constantFrom([0], [1, 2]), { nil: undefined }),
  volume: fc.option(fc.constantFrom(1, 2), { nil: undefined }),
});

test('what exists once only is what counting by hand says, page by page', () => {
  fc.assert(
    fc.property(filesArbitrary, filterArbitrary, fc.integer({ min: 1, max: 3 }), (files, filter, limit) => {
      const library = new SearchLibrary();
      try {
        const { roots } = fill(library, files);
        const isHidden = (entry: number): boolean => files[entry - FIRST_FILE]?.hidden === true;
        const asked: RiskFilter = { ...filter, below: filter.below?.map((at) => roots[at] ?? 0), isHidden };
        const found: [content: number, copies: number][] = [];
        let after: readonly [number, number] | undefined;
        let [totals, leftOut] = [0, 0];
        for (;;) {
          const risks = atRisk(library.world.db, asked, { after, limit }, () => {});
          found.push(...risks.page.map(({ content, copies }): [number, number] => [content, copies]));
          assert.ok(risks.page.every(({ entry }) => !isHidden(entry)));
          leftOut = risks.leftOut;
          totals = risks.totals.reduce((sum, { contents }) => sum + contents, 0);
          const last = risks.page.at(-1);
          if (!last) break;
          after = [last.size, last.content];
        }
        const expected = byHand(files, filter);
        assert.deepEqual(
          found,
          expected.flatMap(({ content, shown }) => (shown === undefined ? [] : [[content, shown]])),
        );
        assert.deepEqual([totals, leftOut], [found.length, expected.length - found.length]);
      } finally {
        library.close();
      }
    }),
    { numRuns: 60 },
  );
});

test('duplicates without what is hidden are those of the rest, also in a part', () => {
  const groupsOf = (
    files: readonly File[],
    { below, hidden }: { below: readonly number[] | undefined; hidden: boolean },
    hiddenFolder: number | undefined,
  ) => {
    const library = new SearchLibrary();
    try {
      const { roots, folders } = fill(library, files);
      const ids = files.flatMap((file, at) => (file.hidden ? [FIRST_FILE + at] : []));
      const without = hiddenFolder === undefined ? ids : [...ids, folders[hiddenFolder] ?? 0];
      const scope = {
        minSize: 1,
        ...(below ? { below: below.map((at) => roots[at] ?? 0) } : {}),
        ...(hidden ? { without } : {}),
      };
      const { groups, totals } = duplicateGroups(library.world.db, scope, { limit: 100 });
      return { groups: groups.map((group) => [group.content_id, group.entries, group.files]), totals };
    } finally {
      library.close();
    }
  };
  const below = fc.option(fc.constantFrom([0], [1, 2]), { nil: undefined });
  fc.assert(
    fc.property(filesArbitrary, below, fc.option(fc.nat({ max: 2 }), { nil: undefined }), (files, asked, folder) => {
      const rest = files.filter(({ hidden, deep, location }) => !hidden && !(deep && location === folder));
      assert.deepEqual(
        groupsOf(files, { below: asked, hidden: true }, folder),
        groupsOf(rest, { below: asked, hidden: false }, folder),
      );
    }),
    { numRuns: 20 },
  );
});

function fill(library: SearchLibrary, files: readonly File[]): { roots: number[]; folders: number[] } {
  const roots = ['one', 'two', 'three', 'buried', 'five', 'six'].map((name) => library.addLocation(`/nowhere/${name}`));
  const folders = roots.map((parent) => library.add({ parent, name: 'deep', type: 1 })[0] ?? 0);
  library.write((tx) => {
    SIZES.forEach((size, at) =>
      tx.run(
        'INSERT INTO contents (id, hash, size, kind) VALUES (?, ?, ?, ?)',
        at + 1,
        new Uint8Array(32).fill(at),
        size,
        at,
      ),
    );
    VOLUMES.forEach((volume, at) =>
      tx.run(
        'UPDATE locations SET volume_id = ?, root_device = ? WHERE root_entry_id = ?',
        volume ?? null,
        FILE_SYSTEMS[at] ?? 0,
        roots[at] ?? 0,
      ),
    );
    // What lies in the trash, or was swept half-way.
    tx.run('DELETE FROM locations WHERE root_entry_id = ?', roots[NO_LOCATION] ?? 0);
    files.forEach(({ content, location, deep, inode }, at) =>
      tx.run(
        `INSERT INTO entries (id, parent_id, name, type, kind, size, mtime, inode, links, revision, content_id)
         VALUES (?, ?, ?, 0, ?, ?, 0, ?, ?, ?, ?)`,
        FIRST_FILE + at,
        (deep ? folders : roots)[location] ?? 0,
        storedName(`file ${at}`),
        content,
        SIZES[content] ?? 0,
        inode ?? FIRST_FILE + at,
        inode === undefined ? 0 : 1,
        tx.revision,
        content + 1,
      ),
    );
  });
  return { roots, folders };
}

/** `shown`: how many of its files are; `undefined` where what is asked for is hidden. */
function byHand(
  files: readonly File[],
  { once, minSize, kinds, below, volume }: RiskFilter,
): { content: number; shown: number | undefined }[] {
  const volumeOf = ({ location }: File): string => (FILE_SYSTEMS[location] === 50 ? '1' : 'another');
  const onDisk = (names: readonly File[]): number =>
    new Set(names.map((file) => (file.inode === undefined ? files.indexOf(file) : `${volumeOf(file)} ${file.inode}`)))
      .size;
  const isInside = ({ location }: File): boolean => below?.includes(location) ?? true;
  return SIZES.map((size, content) => ({ size, content }))
    .flatMap(({ size, content }) => {
      const having = files.filter((file) => file.content === content && file.location !== NO_LOCATION);
      const shown = having.filter(({ hidden }) => !hidden);
      const copies = onDisk(having);
      const volumes = new Set(having.map(volumeOf));
      const fits =
        copies > 0 &&
        size >= minSize &&
        volumes.size === 1 &&
        (once === 'volume' || copies === 1) &&
        (kinds?.includes(content) ?? true) &&
        having.some(isInside) &&
        (volume === undefined || volumes.has(String(volume)));
      return fits ? [{ size, content, shown: shown.some(isInside) ? onDisk(shown) : undefined }] : [];
    })
    .sort((one, other) => other.size - one.size || one.content - other.content)
    .map(({ content, shown }) => ({ content: content + 1, shown }));
}
