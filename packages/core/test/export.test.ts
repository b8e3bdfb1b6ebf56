import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { describe, test } from 'node:test';
import { loadSharp } from '@sd/platform-node/media/sharp.ts';
import type { ExportResult } from '../src/exporting/result.ts';
import type { ExportedEntry } from '../src/exporting/exported-entry.ts';
import { type TestCore, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';
import { parseCsv } from '../src/testing/parse-csv.ts';

type Asked = Parameters<TestCore['client']['call']>[1] & Record<string, unknown>;

async function exported(core: TestCore, input: Asked): Promise<ExportResult> {
  const { result } = await core.client.call('action:library.export', input as never);
  return (await core.completed(result.job)).result as ExportResult;
}

function entriesIn(path: string): ExportedEntry[] {
  const text = readFileSync(path, 'utf8');
  assert.ok(text === '' || text.endsWith('\n'));
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as ExportedEntry);
}

function smallTree(scope: { after(call: () => void): void }): string {
  const tree = temporaryFolder(scope);
  mkdirSync(`${tree}/letters/old`, { recursive: true });
  writeFileSync(`${tree}/letters/a.txt`, 'hello');
  writeFileSync(`${tree}/letters/old/b, "c".txt`, 'hello');
  writeFileSync(`${tree}/=1+1.csv`, 'sum');
  writeFileSync(Buffer.from(`${tree}/caf\xe9`, 'latin1'), 'bytes');
  writeFileSync(`${tree}/two\nlines`, '');
  symlinkSync('nowhere', `${tree}/link`);
  return tree;
}

describe('library.export', () => {
  test('as NDJSON: each entry once, with its address to the byte, its times, its content and its sums', async (context) => {
    const tree = smallTree(context);
    const out = temporaryFolder(context);
    const core = await openTestCore(context);
    await core.index(tree, { mode: 'content' });
    const path = `${out}/index.ndjson`;

    const plan = await core.client.call('preview:library.export', { format: 'ndjson', path });
    assert.match(plan.steps[0]?.detail ?? '', /^about \d entries, \d+ bytes$/);
    assert.ok((plan.bytes ?? 0) > 0);
    assert.deepEqual(readdirSync(out), [], 'a preview writes nothing');

    const { receipt, result } = await core.client.call('action:library.export', { format: 'ndjson', path });
    const written = (await core.completed(result.job)).result as ExportResult;
    const entries = entriesIn(path);
    assert.deepEqual(
      [written.entries, written.lines, written.bytes, written.native_path, written.format],
      [entries.length, entries.length, statSync(path).size, path, 'ndjson'],
    );
    assert.equal(lstatSync(path).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(out), ['index.ndjson']);

    const { locations } = await core.client.call('query:locations.list', {});
    const root = locations[0]?.path ?? '';
    const names = ['', '/=1+1.csv', '/caf%E9', '/letters', '/letters/a.txt', '/letters/old'];
    names.push('/letters/old/b,%20%22c%22.txt', '/link', '/two%0Alines');
    assert.deepEqual(entries.map((entry) => entry.path).sort(), names.map((name) => root + name).sort());
    const of = (end: string) => entries.find((entry) => entry.path === root + end) as ExportedEntry;
    assert.deepEqual(
      [of('/caf%E9').name, of('/caf%E9').native_path, of('/two%0Alines').name],
      ['caf\\xe9', `${tree}/caf\\xe9`, 'two\\nlines'],
    );
    const letter = of('/letters/a.txt');
    assert.deepEqual([letter.type, letter.kind, letter.size, letter.location], ['file', 'text', 5, locations[0]?.name]);
    assert.equal(letter.modified, new Date(Math.floor(statSync(`${tree}/letters/a.txt`).mtimeMs)).toISOString());
    assert.equal(letter.full_hash, letter.content_hash, 'a small file is hashed whole');
    assert.equal(letter.content_id, of('/letters/old/b,%20%22c%22.txt').content_id);
    assert.deepEqual(of('/letters').folder, { bytes: 10, files: 2, folders: 1, children: 2 });
    assert.equal(of('/link').type, 'symlink');

    const verified = await core.client.call('verify:library.export', { receipt });
    assert.deepEqual(
      verified.observed.map(({ what, ok }) => [what, ok]),
      [
        ['job', true],
        ['bytes of the file', true],
        ['lines of the file', true],
      ],
    );
    appendFileSync(path, 'more\n');
    assert.equal((await core.client.call('verify:library.export', { receipt })).ok, false);
  });

  test('as CSV: a header, a record a line, no cell that a spreadsheet would compute', async (context) => {
    const tree = smallTree(context);
    const out = temporaryFolder(context);
    const core = await openTestCore(context);
    await core.index(tree, { mode: 'content' });
    await exported(core, { format: 'ndjson', path: `${out}/a.ndjson` });
    const { lines, entries } = await exported(core, { format: 'csv', path: `${out}/a.csv` });
    const text = readFileSync(`${out}/a.csv`, 'utf8');
    assert.equal(text.split('\r\n').length - 1, lines);
    assert.equal(lines, entries + 1);
    const [header = [], ...records] = parseCsv(text);
    const rows = records.map((record) =>
      Object.fromEntries(record.map((cell, at) => [header[at] ?? '', cell] as const)),
    );
    const wanted = entriesIn(`${out}/a.ndjson`);
    assert.deepEqual(
      rows.map(({ path, size, content_id, folder_bytes }) => [path, size, content_id, folder_bytes]),
      wanted.map((entry) => [
        entry.path,
        String(entry.size),
        entry.content_id ?? '',
        String(entry.folder?.bytes ?? ''),
      ]),
    );
    assert.ok(rows.some(({ name }) => name === "'=1+1.csv"));
    assert.ok(rows.some(({ name }) => name === 'b, "c".txt'));
    assert.ok(rows.every((row) => Object.values(row).every((cell) => !/^[=+@]/.test(cell ?? ''))));
  });

  test('with when, where and by what camera pictures were taken', async (context) => {
    const [tree, out] = [temporaryFolder(context), temporaryFolder(context)];
    const sharp = await loadSharp();
    const picture = sharp({ create: { width: 30, height: 20, channels: 3, background: '#f00' } }).jpeg();
    const taken = { DateTimeOriginal: '2024:07:01 12:30:00', OffsetTimeOriginal: '+02:00' };
    const place = {
      GPSLatitudeRef: 'S',
      GPSLatitude: '33/1 51/1 0/1',
      GPSLongitudeRef: 'E',
      GPSLongitude: '151/1 12/1 0/1',
    };
    const exif = { IFD0: { Make: '=EVIL()', Model: 'X100' }, IFD2: taken, IFD3: place };
    writeFileSync(`${tree}/a.jpg`, await picture.withExif(exif).toBuffer());
    const core = await openTestCore(context);
    const { location } = await core.index(tree, { mode: 'content' });
    const { result } = await core.client.call('action:sidecars.make', { location: location.id, kinds: ['facts'] });
    await core.completed(result.job);
    await exported(core, { format: 'ndjson', path: `${out}/a.ndjson` });
    assert.deepEqual(entriesIn(`${out}/a.ndjson`).find(({ name }) => name === 'a.jpg')?.media, {
      taken: '2024-07-01T10:30:00.000Z',
      camera: '=EVIL() X100',
      width: 30,
      height: 20,
      latitude: -33.85,
      longitude: 151.2,
    });
    await exported(core, { format: 'csv', path: `${out}/a.csv` });
    assert.match(
      readFileSync(`${out}/a.csv`, 'utf8'),
      /,2024-07-01T10:30:00\.000Z,'=EVIL\(\) X100,30,20,,-33\.85,151\.2\r\n/,
    );
  });

  test('of one location, or one folder', async (context) => {
    const [one, two, out] = [smallTree(context), smallTree(context), temporaryFolder(context)];
    const core = await openTestCore(context);
    const { location } = await core.index(one);
    await core.index(two);
    assert.equal((await exported(core, { format: 'ndjson', path: `${out}/all` })).entries, 18);
    assert.equal((await exported(core, { format: 'ndjson', path: `${out}/one`, location: location.id })).entries, 9);
    await exported(core, { format: 'ndjson', path: `${out}/within`, within: `${two}/letters` });
    assert.deepEqual(
      entriesIn(`${out}/within`)
        .map((entry) => entry.native_path)
        .sort(),
      [`${two}/letters`, `${two}/letters/a.txt`, `${two}/letters/old`, `${two}/letters/old/b, "c".txt`],
    );
    await assert.rejects(
      core.client.call('action:library.export', {
        format: 'csv',
        path: `${out}/no`,
        location: location.id,
        within: `${two}/letters`,
      }),
      { code: 'INVALID_INPUT' },
    );
  });

  test('nothing is overwritten, and nothing written where it cannot be', async (context) => {
    const [tree, out] = [smallTree(context), temporaryFolder(context)];
    const core = await openTestCore(context);
    await core.index(tree);
    const refused = (path: string, code: string) =>
      assert.rejects(core.client.call('action:library.export', { format: 'csv', path }), { code });
    writeFileSync(`${out}/there`, 'mine');
    await refused(`${out}/there`, 'ALREADY_EXISTS');
    symlinkSync('nowhere', `${out}/link`);
    await refused(`${out}/link`, 'ALREADY_EXISTS');
    writeFileSync(`${out}/part.sd-part`, 'of somebody');
    await refused(`${out}/part`, 'ALREADY_EXISTS');
    await refused(`${out}/none/file`, 'NOT_FOUND');
    await refused(`${out}/there/file`, 'NOT_A_FOLDER');
    await refused('/', 'INVALID_INPUT');
    assert.equal(readFileSync(`${out}/there`, 'utf8'), 'mine');
    assert.deepEqual(readdirSync(out).sort(), ['link', 'part.sd-part', 'there']);
    assert.equal(existsSync(`${out}/none`), false);
  });
});
