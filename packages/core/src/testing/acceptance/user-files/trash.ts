import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import type { UserFiles } from '../../../ports/user-files.ts';
import type { Ground } from './ground.ts';

/** What goes to the trash comes back, or goes for good only when that is asked for. */
export function trashAcceptance(files: UserFiles, { folder: place, lacks }: Ground): void {
  /** With a home trash of the test's own, which counts where the folder is on its file system. */
  const ground = (context: Parameters<Ground['folder']>[0]): string => {
    const folder = place(context);
    const before = process.env['XDG_DATA_HOME'];
    process.env['XDG_DATA_HOME'] = `${folder}/data`;
    context.after(() => {
      if (before === undefined) delete process.env['XDG_DATA_HOME'];
      else process.env['XDG_DATA_HOME'] = before;
    });
    mkdirSync(`${folder}/here`);
    return `${folder}/here`;
  };

  test('to the trash and back', (context) => {
    const folder = ground(context);
    mkdirSync(`${folder}/sub`);
    writeFileSync(`${folder}/sub/file`, 'bytes');
    const { ino } = lstatSync(`${folder}/sub`);
    const trashed = files.trash(`${folder}/sub`);
    assert.equal(existsSync(`${folder}/sub`), false);
    assert.equal(readFileSync(`${trashed.place}/file`, 'utf8'), 'bytes');
    assert.deepEqual(files.findTrashed(`${folder}/sub`, ino), trashed);
    assert.equal(files.findTrashed(`${folder}/sub`, ino + 1), undefined);
    assert.deepEqual(files.findTrashed(`${folder}/sub`, undefined), trashed.note === undefined ? undefined : trashed);
    assert.equal(files.findTrashed(`${folder}/other`, undefined), undefined);
    writeFileSync(`${folder}/taken`, 'stays');
    assert.throws(() => files.restore(trashed, `${folder}/taken`), { code: 'ALREADY_EXISTS' });
    files.restore(trashed, `${folder}/sub 2`);
    assert.equal(readFileSync(`${folder}/sub 2/file`, 'utf8'), 'bytes');
    assert.equal(lstatSync(`${folder}/sub 2`).ino, ino);
    if (trashed.note !== undefined) assert.equal(existsSync(trashed.note), false);
    assert.throws(() => files.restore(trashed, `${folder}/again`), { code: 'NOT_FOUND' });
    assert.throws(() => files.trash(`${folder}/none`), { code: 'NOT_FOUND' });
  });

  test('what went there is found by the name it has there, one of many; also where somebody has given it another', (context) => {
    const folder = ground(context);
    const put = Array.from({ length: 12 }, (_, at) => {
      writeFileSync(`${folder}/file.txt`, String(at));
      const { ino } = lstatSync(`${folder}/file.txt`);
      return { ino, trashed: files.trash(`${folder}/file.txt`) };
    });
    for (const { ino, trashed } of put) assert.deepEqual(files.findTrashed(`${folder}/file.txt`, ino), trashed);
    const [first, last] = [put[0], put.at(-1)];
    assert.ok(first && last);
    files.restore(first.trashed, `${folder}/file.txt`);
    assert.equal(
      files.findTrashed(`${folder}/file.txt`, first.ino),
      undefined,
      'what is at its path is not in the trash',
    );
    assert.deepEqual(files.findTrashed(`${folder}/file.txt`, last.ino), last.trashed);
    renameSync(last.trashed.place, `${dirname(last.trashed.place)}/renamed`);
    assert.equal(files.findTrashed(`${folder}/file.txt`, last.ino)?.place, `${dirname(last.trashed.place)}/renamed`);
  });

  test('what is purged is gone, a link in it leads nowhere, and it can be stopped', (context) => {
    const folder = ground(context);
    mkdirSync(`${folder}/tree/a/b`, { recursive: true });
    for (const name of ['tree/1', 'tree/a/2', 'tree/a/b/3', 'outside']) writeFileSync(`${folder}/${name}`, 'x');
    if (!lacks.has('symlinks')) symlinkSync(folder, `${folder}/tree/link`);
    if (!lacks.has('permissions')) chmodSync(`${folder}/tree/a`, 0o500);
    const trashed = files.trash(`${folder}/tree`);
    let left = 2;
    assert.equal(
      files.purge(trashed, () => --left > 0),
      false,
    );
    assert.ok(existsSync(trashed.place));
    let gone = 0;
    assert.equal(
      files.purge(trashed, () => ++gone > 0),
      true,
    );
    assert.ok(gone > 0 && !existsSync(trashed.place));
    assert.deepEqual(readdirSync(folder), ['outside']);
    assert.throws(() => files.purge(trashed), { code: 'NOT_FOUND' });
  });

  test('nothing that does not lie in a trash is purged or taken out', (context) => {
    const folder = ground(context);
    mkdirSync(`${folder}/files`);
    writeFileSync(`${folder}/files/mine`, 'stays');
    writeFileSync(`${folder}/one`, 'one');
    const { place: inTrash, note } = files.trash(`${folder}/one`);
    const aFake = `${folder}/.sd-trash-${process.getuid?.() ?? 0}/files`;
    mkdirSync(aFake, { recursive: true });
    writeFileSync(`${aFake}/mine`, 'stays');
    for (const where of [`${folder}/files/mine`, `${inTrash}/..`, `${folder}/files`, `${aFake}/mine`, '/']) {
      assert.throws(() => files.purge({ place: where }), { code: 'CONFLICT' });
      assert.throws(() => files.restore({ place: where }, `${folder}/new`), { code: 'CONFLICT' });
    }
    if (note !== undefined)
      assert.throws(() => files.purge({ place: inTrash, note: `${folder}/files/mine` }), { code: 'CONFLICT' });
    assert.ok(existsSync(`${folder}/files/mine`) && existsSync(`${aFake}/mine`) && existsSync(inTrash));
    files.purge({ place: inTrash, ...(note === undefined ? {} : { note }) });
  });

  test('what is left in it by who was ended in the middle goes, and nothing of others', (context) => {
    const folder = ground(context);
    const left = [1, 2, 3].map((at) => {
      writeFileSync(`${folder}/a.txt`, 'stays');
      const trashed = files.trash(`${folder}/a.txt`);
      if (at < 3) return trashed;
      // As it is before the rename.
      renameSync(trashed.place, `${folder}/a.txt`);
      return trashed;
    });
    const [, others, ended] = left.map(({ note }) => note);
    if (others === undefined || ended === undefined) return context.skip('the system keeps no notes');
    const written = readFileSync(others, 'utf8');
    writeFileSync(others, written.replace(/X-.*\n/, ''));
    renameSync(left[1]?.place ?? '', `${folder}/elsewhere`);
    files.forgetTrashing(`${folder}/a.txt`);
    assert.deepEqual([existsSync(others), existsSync(ended)], [true, false]);
    files.forgetTrashing(`${folder}/a.txt`);
    files.forgetTrashing(`${folder}/none`);
    const first = left[0];
    assert.ok(first?.note !== undefined && existsSync(first.note) && existsSync(first.place));
    assert.equal(readFileSync(`${folder}/a.txt`, 'utf8'), 'stays');
    files.purge(first);
  });

  test('many of one name have room in it', (context) => {
    const folder = ground(context);
    const places = Array.from({ length: 30 }, (_, at) => {
      writeFileSync(`${folder}/a.txt`, String(at));
      return files.trash(`${folder}/a.txt`);
    });
    assert.equal(new Set(places.map(({ place: where }) => where)).size, 30);
    for (const [at, { place: where }] of places.entries()) assert.equal(readFileSync(where, 'utf8'), String(at));
    for (const trashed of places) files.purge(trashed);
  });
}
