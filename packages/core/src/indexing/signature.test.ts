import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FolderSignature, NO_SIGNATURE } from './signature.ts';
import { anyCharacter } from '../testing/any-character.ts';

type Child = readonly [name: string, type: number, size: number, mtime: number, inode: number, links: number];
const big = fc.maxSafeNat();
const anyChild: fc.Arbitrary<Child> = fc.tuple(
  fc.string({ unit: anyCharacter }),
  fc.nat(3),
  big,
  fc.maxSafeInteger(),
  big,
  fc.nat(5),
);
const anyFolder = fc.uniqueArray(anyChild, { selector: ([name]) => name, maxLength: 12 });

function signatureOf(children: readonly Child[]): number {
  const signature = new FolderSignature();
  for (const child of children) signature.add(...child);
  return signature.value;
}

test('a signature is a whole number that a database keeps, and does not depend on the order', () => {
  fc.assert(
    fc.property(anyFolder, (children) => {
      const signature = signatureOf(children);
      assert.ok(Number.isSafeInteger(signature) && signature > NO_SIGNATURE);
      assert.equal(signatureOf(children.toReversed()), signature);
    }),
  );
});

test('any one fact of any one child changes it', () => {
  fc.assert(
    fc.property(
      anyFolder.filter((children) => children.length > 0),
      fc.nat(),
      fc.nat(5),
      fc.constantFrom(1, 4_096, 2 ** 32),
      (children, at, fact, by) => {
        const chosen = at % children.length;
        const changed = children.map((child, index) => {
          if (index !== chosen) return child;
          const facts = [...child] as [string, number, number, number, number, number];
          if (fact === 0) facts[0] += 'x';
          // Types and counts of links are small numbers.
          else facts[fact as 1] += fact === 1 || fact === 5 ? 1 : facts[fact as 1] > 2 ** 50 ? -by : by;
          return facts;
        });
        assert.notEqual(signatureOf(changed), signatureOf(children));
      },
    ),
  );
});

test('what two children swap changes it: names, sizes, times and inodes belong together', () => {
  const [a, b]: [Child, Child] = [
    ['a', 0, 1, 10, 100, 1],
    ['b', 0, 2, 20, 200, 1],
  ];
  for (let fact = 0; fact < 5; fact++) {
    const [x, y] = [[...a], [...b]] as [unknown[], unknown[]];
    [x[fact], y[fact]] = [y[fact], x[fact]];
    if (fact === 1) continue; // both are files
    assert.notEqual(signatureOf([x as unknown as Child, y as unknown as Child]), signatureOf([a, b]), `fact ${fact}`);
  }
});

test('a hundred thousand folders that differ by one number each have signatures of their own', () => {
  const seen = new Set<number>();
  for (let at = 0; at < 50_000; at++) {
    seen.add(signatureOf([['IMG_0001.jpg', 0, 4_000_000, 1_700_000_000_000_000 + at, 12_345, 1]]));
    seen.add(signatureOf([['IMG_0001.jpg', 0, 4_000_000, 1_700_000_000_000_000, 12_345 + 1 + at, 1]]));
  }
  assert.equal(seen.size, 100_000);
});

test('a folder’s signature follows single children that come and go, in whatever order', () => {
  fc.assert(
    fc.property(anyFolder, anyFolder, (before, added) => {
      const signature = new FolderSignature();
      signature.resume(signatureOf(before));
      for (const child of added) signature.add(...child);
      assert.equal(signature.value, signatureOf([...added, ...before]));
      for (const child of before) signature.remove(...child);
      assert.equal(signature.value, signatureOf(added));
    }),
  );
});
