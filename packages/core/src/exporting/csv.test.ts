import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseCsv } from '../testing/parse-csv.ts';
import { csvCell, csvHeader, csvLine } from './csv.ts';
import type { ExportedEntry } from './exported-entry.ts';

test('a text that a spreadsheet would compute is one, and a number stays a number', () => {
  for (const [value, cell] of [
    ['=1+1', "'=1+1"],
    ['+49', "'+49"],
    ['-rf', "'-rf"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
    ['\tx', "'\tx"],
    ['a=b', 'a=b'],
    [-33.8, '-33.8'],
    [0, '0'],
    ['', ''],
    [undefined, ''],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
  ] as const)
    assert.equal(csvCell(value), cell);
});

test('whatever names are, a reader of CSV gets them back', () => {
  const anyText = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', "'", ' ', '=', '-', '\\', '🙂') });
  fc.assert(
    fc.property(anyText, anyText, fc.maxSafeNat(), (name, camera, size) => {
      const entry: ExportedEntry = {
        path: `local://here/${encodeURIComponent(name)}`,
        native_path: `/${name}`,
        name,
        location: name,
        type: 'file',
        kind: 'image',
        size,
        media: { camera, latitude: -1.5 },
      };
      const [header = [], record = [], ...more] = parseCsv(csvHeader() + csvLine(entry));
      assert.equal(more.length, 0);
      assert.equal(record.length, header.length);
      const cell = (column: string) => record[header.indexOf(column)];
      const guarded = (text: string) => (/^[=+\-@]/.test(text) ? `'${text}` : text);
      assert.deepEqual(
        [
          cell('path'),
          cell('native_path'),
          cell('name'),
          cell('camera'),
          cell('size'),
          cell('latitude'),
          cell('taken'),
        ],
        [entry.path, `/${name}`, guarded(name), guarded(camera), String(size), '-1.5', ''],
      );
    }),
  );
});
