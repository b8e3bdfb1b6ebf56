import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { test } from 'node:test';
import type { UserFiles } from '../../../ports/user-files.ts';
import { type Ground, microseconds } from './ground.ts';

/** What changes names, times, or takes away. */
export function changesAcceptance(files: UserFiles, { folder: place, lacks }: Ground): void {
  test('folders and files are made where nothing is', (context) => {
    const folder = place(context);
    files.makeFolder(`${folder}/a`);
    files.makeFile(`${folder}/a/file`);
    assert.equal(statSync(`${folder}/a/file`).size, 0);
    for (const make of [files.makeFolder, files.makeFile])
      for (const taken of ['a', 'a/file']) assert.throws(() => make(`${folder}/${taken}`), { code: 'ALREADY_EXISTS' });
    assert.throws(() => files.makeFolder(`${folder}/none/a`), { code: 'NOT_FOUND' });
    assert.throws(() => files.makeFile(`${folder}/a/file/b`), { code: 'NOT_A_FOLDER' });
    assert.throws(() => files.makeFile(`${folder}/${'n'.repeat(300)}`), { code: 'LIMIT' });
  });

  test('a small file is replaced whole, and keeps what it is beside its bytes', (context) => {
    const folder = place(context);
    const text = (words: string): Uint8Array => new TextEncoder().encode(words);
    files.replaceFile(`${folder}/new.xmp`, text('one'));
    writeFileSync(`${folder}/old.xmp`, 'old');
    if (!lacks.has('permissions')) chmodSync(`${folder}/old.xmp`, 0o640);
    if (!lacks.has('attributes')) files.writeAttribute(`${folder}/old.xmp`, 'user.sd.test', text('kept'));
    const { mode } = lstatSync(`${folder}/old.xmp`);
    files.replaceFile(`${folder}/old.xmp`, text('two'));
    assert.deepEqual(
      ['new.xmp', 'old.xmp'].map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
      ['one', 'two'],
    );
    assert.equal(lstatSync(`${folder}/old.xmp`).mode, mode);
    if (!lacks.has('attributes'))
      assert.deepEqual(files.readAttribute(`${folder}/old.xmp`, 'user.sd.test'), text('kept'));
    mkdirSync(`${folder}/sub`);
    assert.throws(() => files.replaceFile(`${folder}/sub`, text('x')), { code: 'CONFLICT' });
    assert.throws(() => files.replaceFile(`${folder}/none/file`, text('x')), { code: 'NOT_FOUND' });
    assert.deepEqual(readdirSync(folder).sort(), ['new.xmp', 'old.xmp', 'sub']);
  });

  test('a rename replaces nothing, neither a file nor an empty folder', (context) => {
    const folder = place(context);
    writeFileSync(`${folder}/a`, 'a');
    writeFileSync(`${folder}/b`, 'b');
    mkdirSync(`${folder}/empty`);
    mkdirSync(`${folder}/full`);
    writeFileSync(`${folder}/full/file`, 'x');
    for (const taken of ['b', 'empty', 'a'])
      assert.throws(() => files.rename(`${folder}/a`, `${folder}/${taken}`), { code: 'ALREADY_EXISTS' });
    assert.throws(() => files.rename(`${folder}/full`, `${folder}/empty`), { code: 'ALREADY_EXISTS' });
    assert.throws(() => files.rename(`${folder}/none`, `${folder}/c`), { code: 'NOT_FOUND' });
    assert.throws(() => files.rename(`${folder}/a`, `${folder}/none/c`), { code: 'NOT_FOUND' });
    assert.throws(() => files.rename(`${folder}/full`, `${folder}/full/inner`), { code: 'CONFLICT' });
    const { ino } = lstatSync(`${folder}/full`);
    files.rename(`${folder}/full`, `${folder}/moved`);
    files.rename(`${folder}/a`, `${folder}/moved/a`);
    assert.equal(lstatSync(`${folder}/moved`).ino, ino);
    assert.deepEqual(readdirSync(folder).sort(), ['b', 'empty', 'moved']);
    assert.deepEqual(readdirSync(`${folder}/moved`).sort(), ['a', 'file']);
  });

  test('a name may change in case only', (context) => {
    const folder = place(context);
    writeFileSync(`${folder}/photo.jpg`, 'x');
    mkdirSync(`${folder}/sub`);
    files.rename(`${folder}/photo.jpg`, `${folder}/Photo.JPG`);
    files.rename(`${folder}/sub`, `${folder}/Sub`);
    assert.deepEqual(readdirSync(folder).sort(), ['Photo.JPG', 'Sub']);
  });

  test('two names of one file are two', { skip: lacks.has('hard_links') && 'a file has one here' }, (context) => {
    const folder = place(context);
    writeFileSync(`${folder}/one`, 'x');
    files.link(`${folder}/one`, `${folder}/two`);
    assert.equal(lstatSync(`${folder}/one`).nlink, 2);
    assert.throws(() => files.rename(`${folder}/one`, `${folder}/two`), { code: 'ALREADY_EXISTS' });
    assert.throws(() => files.link(`${folder}/one`, `${folder}/two`), { code: 'ALREADY_EXISTS' });
    assert.throws(() => files.link(`${folder}/none`, `${folder}/three`), { code: 'NOT_FOUND' });
    if (!lacks.has('case')) {
      linkSync(`${folder}/one`, `${folder}/ONE`);
      assert.throws(() => files.rename(`${folder}/one`, `${folder}/ONE`), { code: 'ALREADY_EXISTS' });
    }
    assert.ok(existsSync(`${folder}/one`) && existsSync(`${folder}/two`));
  });

  test('where a file has one name only, a second is refused', { skip: !lacks.has('hard_links') }, (context) => {
    const folder = place(context);
    writeFileSync(`${folder}/one`, 'x');
    assert.throws(() => files.link(`${folder}/one`, `${folder}/two`), { code: 'UNAVAILABLE' });
    assert.deepEqual(readdirSync(folder), ['one']);
  });

  test('times are set one by one, and of a link its own', (context) => {
    const folder = place(context);
    writeFileSync(`${folder}/file`, 'x');
    // Even seconds: the finest that FAT keeps.
    const modified = 1_400_000_000_000_000 + (lacks.has('fine_times') ? 0 : 123_457);
    const { atimeNs } = lstatSync(`${folder}/file`, { bigint: true });
    files.setTimes(`${folder}/file`, { modified });
    assert.equal(microseconds(lstatSync(`${folder}/file`, { bigint: true }).mtimeNs), BigInt(modified));
    assert.equal(microseconds(lstatSync(`${folder}/file`, { bigint: true }).atimeNs), microseconds(atimeNs));
    assert.throws(() => files.setTimes(`${folder}/none`, { modified }), { code: 'NOT_FOUND' });
    if (lacks.has('symlinks')) return;
    const early = lacks.has('fractions_before_1970') ? -2_000_000 : -1_500_000;
    files.setTimes(`${folder}/file`, { modified: early, accessed: 2_000_001 });
    const facts = lstatSync(`${folder}/file`, { bigint: true });
    assert.deepEqual([facts.mtimeNs, facts.atimeNs].map(microseconds), [BigInt(early), 2_000_001n]);
    symlinkSync('file', `${folder}/link`);
    files.setTimes(`${folder}/link`, { modified });
    assert.equal(microseconds(lstatSync(`${folder}/link`, { bigint: true }).mtimeNs), BigInt(modified));
    assert.equal(microseconds(lstatSync(`${folder}/file`, { bigint: true }).mtimeNs), BigInt(early));
  });

  test('only what was meant is removed', (context) => {
    const folder = place(context);
    writeFileSync(`${folder}/file`, 'x');
    mkdirSync(`${folder}/full`);
    writeFileSync(`${folder}/full/file`, 'x');
    const inode = (name: string): number => lstatSync(`${folder}/${name}`).ino;
    assert.throws(() => files.remove(`${folder}/file`, inode('full')), { code: 'CONFLICT' });
    assert.throws(() => files.remove(`${folder}/full`, inode('full')), { code: 'CONFLICT' });
    assert.throws(() => files.remove(`${folder}/none`, 1), { code: 'NOT_FOUND' });
    assert.equal(readFileSync(`${folder}/full/file`, 'utf8'), 'x');
    files.remove(`${folder}/full/file`, inode('full/file'));
    files.remove(`${folder}/full`, inode('full'));
    files.remove(`${folder}/file`, inode('file'));
    assert.deepEqual(readdirSync(folder), []);
    files.syncVolume(folder);
    assert.throws(() => files.syncVolume(`${folder}/none`), { code: 'NOT_FOUND' });
  });
}
