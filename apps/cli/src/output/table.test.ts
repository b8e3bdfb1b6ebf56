import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { width } from '../format/text.ts';
import { type Column, facts, table } from './table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Kind' },
  { title: 'Size', align: 'right' },
  { title: 'Path', shrink: 'middle' },
];

test('columns line up, whatever the width of the characters', () => {
  const lines = table(COLUMNS, [
    ['image', '1.2 MB', '写真/夏.jpg'],
    ['file', '3 B', 'x'],
  ]);
  assert.deepEqual(lines, ['Kind     Size  Path', 'image  1.2 MB  写真/夏.jpg', 'file      3 B  x']);
});

test('only what may shrink gives way to a narrow terminal', () => {
  const [, line] = table(COLUMNS, [['image', '1.2 MB', '/home/me/Pictures/2024/holiday.jpg']], { columns: 35 });
  assert.equal(line, 'image  1.2 MB  /home/…4/holiday.jpg');
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme-ascii', maxLength: 60 }), { minLength: 1 }),
      fc.integer({ min: 30, max: 120 }),
      (paths, columns) => {
        for (const one of table(
          COLUMNS,
          paths.map((path) => ['image', '1.2 MB', path]),
          { columns },
        ))
          assert.ok(width(one) <= columns);
      },
    ),
  );
});

test('colours take no room, and no line ends in blanks', () => {
  const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;
  const lines = table(
    [{ title: 'A', paint: red }, { title: 'B', align: 'right' }, { title: 'C' }],
    [
      ['x', '', ''],
      [{ text: 'yy', paint: red }, '1', 'z'],
    ],
  );
  assert.deepEqual(lines, ['A   B  C', red('x'), `${red('yy')}  1  z`]);
});

test('a page lines up with the one before', () => {
  assert.deepEqual(table([{ title: 'A' }, { title: 'B' }], [['x', 'y']], { least: [4, 0], titles: false }), [
    'x     y',
  ]);
});

test('facts leave out what is not known', () => {
  assert.deepEqual(
    facts([
      ['Size', '1 B'],
      ['Kind', undefined],
      ['Modified', 'now'],
    ]),
    ['Size      1 B', 'Modified  now'],
  );
});
