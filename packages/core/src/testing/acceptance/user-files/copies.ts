import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { test } from 'node:test';
import type { UserFiles } from '../../../ports/user-files.ts';
import { type Ground, lostAnyway, microseconds } from './ground.ts';

const go = (): boolean => true;

/** `copy`, `clone` and `copyFolderAttributes`. */
export function copiesAcceptance(files: UserFiles, ground: Ground): void {
  const { folder: place, lacks } = ground;
  test('a copy has the bytes, the times and the permissions, and replaces nothing', (context) => {
    const folder = place(context);
    writeFileSync(`${folder}/from`, 'bytes');
    chmodSync(`${folder}/from`, 0o640);
    utimesSync(`${folder}/from`, 1_500_000_000.25, 1_600_000_000.123_456);
    const before = lstatSync(`${folder}/from`, { bigint: true });
    let told = 0;
    const copied = files.copy(`${folder}/from`, `${folder}/to`, (count) => ((told += count), true));
    const after = lstatSync(`${folder}/to`, { bigint: true });
    assert.equal(readFileSync(`${folder}/to`, 'utf8'), 'bytes');
    assert.equal(told, 5);
    assert.equal(microseconds(after.mtimeNs), microseconds(before.mtimeNs));
    assert.equal(microseconds(after.atimeNs), microseconds(before.atimeNs));
    assert.equal(after.mode, before.mode);
    assert.deepEqual(copied?.lost, lostAnyway(ground));
    assert.equal(copied?.facts.inode, Number(after.ino));
    assert.equal(copied?.facts.size, 5);
    assert.equal(copied?.facts.mtime, Math.round(Number(before.mtimeNs) / 1000));
    assert.equal(copied?.source.inode, Number(before.ino));
    writeFileSync(`${folder}/from`, 'other');
    assert.throws(() => files.copy(`${folder}/from`, `${folder}/to`, go), { code: 'ALREADY_EXISTS' });
    assert.equal(readFileSync(`${folder}/to`, 'utf8'), 'bytes');
    assert.throws(() => files.copy(`${folder}/none`, `${folder}/new`, go), { code: 'NOT_FOUND' });
    assert.throws(() => files.copy(`${folder}/from`, `${folder}/none/new`, go), { code: 'NOT_FOUND' });
    assert.throws(() => files.copy(folder, `${folder}/new`, go), { code: 'NOT_READABLE' });
    assert.deepEqual(readdirSync(folder).sort(), ['from', 'to']);
  });

  test('files of every length are copied whole, and told of piece by piece', (context) => {
    const folder = place(context);
    for (const size of [0, 1, 255 * 1024, 257 * 1024, 3 * 1024 * 1024 + 17]) {
      const bytes = Buffer.alloc(size, `${size} bytes `);
      writeFileSync(`${folder}/from`, bytes);
      let told = 0;
      const copied = files.copy(`${folder}/from`, `${folder}/${size}`, (count) => ((told += count), true));
      assert.ok(readFileSync(`${folder}/${size}`).equals(bytes));
      assert.deepEqual([told, copied?.facts.size], [size, size]);
    }
  });

  test('what is stopped on the way leaves nothing', (context) => {
    const folder = place(context);
    writeFileSync(`${folder}/from`, Buffer.alloc(8 * 1024 * 1024, 1));
    assert.equal(
      files.copy(`${folder}/from`, `${folder}/to`, () => false),
      undefined,
    );
    assert.throws(
      () =>
        files.copy(`${folder}/from`, `${folder}/to`, () => {
          throw new Error('of the caller');
        }),
      /of the caller/,
    );
    assert.deepEqual(readdirSync(folder), ['from']);
  });

  test('holes stay holes', { skip: lacks.has('holes') && 'there are none here' }, (context) => {
    const folder = place(context);
    const file = openSync(`${folder}/from`, 'w');
    writeSync(file, 'start', 0);
    writeSync(file, 'middle', 32 * 1024 * 1024);
    ftruncateSync(file, 64 * 1024 * 1024);
    closeSync(file);
    files.copy(`${folder}/from`, `${folder}/to`, go);
    assert.ok(readFileSync(`${folder}/to`).equals(readFileSync(`${folder}/from`)));
    assert.ok(lstatSync(`${folder}/to`).blocks * 512 < 1024 * 1024);
  });

  test('a symbolic link is copied as a link', { skip: lacks.has('symlinks') && 'there are none here' }, (context) => {
    const folder = place(context);
    symlinkSync('no\nwhere', `${folder}/link`);
    writeFileSync(`${folder}/file`, 'x');
    symlinkSync('file', `${folder}/to-file`);
    const copied = files.copy(`${folder}/link`, `${folder}/copy`, go);
    assert.equal(readlinkSync(`${folder}/copy`), 'no\nwhere');
    const [link, copy] = ['link', 'copy'].map((name) => lstatSync(`${folder}/${name}`, { bigint: true }).mtimeNs);
    assert.equal(microseconds(copy), microseconds(link));
    assert.deepEqual([copied?.facts.type, copied?.lost], [2, lostAnyway(ground)]);
    files.copy(`${folder}/to-file`, `${folder}/copy-2`, go);
    assert.equal(readlinkSync(`${folder}/copy-2`), 'file');
    assert.throws(() => files.copy(`${folder}/file`, `${folder}/link`, go), { code: 'ALREADY_EXISTS' });
    assert.equal(existsSync(`${folder}/no\nwhere`), false);
  });

  test('names that are no text, and long paths', { skip: lacks.has('any_name') && 'not possible here' }, (context) => {
    const folder = place(context);
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff])]), 'bytes');
    files.copy(`${folder}/\udcff`, `${folder}/\udcfe`, go);
    assert.equal(readFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xfe])]), 'utf8'), 'bytes');
    let deep = folder;
    while (deep.length < 9000) {
      deep += `/${'long'.repeat(50)}`;
      files.makeFolder(deep);
    }
    const copied = files.copy(`${folder}/\udcff`, `${deep}/one`, go);
    files.rename(`${deep}/one`, `${deep}/two`);
    files.copy(`${deep}/two`, `${folder}/back`, go);
    assert.equal(readFileSync(`${folder}/back`, 'utf8'), 'bytes');
    files.setTimes(`${deep}/two`, { modified: 1_000_000 });
    files.remove(`${deep}/two`, copied?.facts.inode ?? 0);
  });

  test('a clone shares its bytes where that is possible, and is refused elsewhere', (context) => {
    const folder = place(context);
    writeFileSync(`${folder}/from`, Buffer.alloc(100_000, 7));
    try {
      assert.equal(files.clone(`${folder}/from`, `${folder}/to`).how, 'clone');
      assert.ok(readFileSync(`${folder}/to`).equals(readFileSync(`${folder}/from`)));
    } catch (error) {
      assert.equal((error as { code?: string }).code, 'UNAVAILABLE');
      assert.deepEqual(readdirSync(folder), ['from']);
    }
  });

  test('a folder gets the times and permissions of another', { skip: lacks.has('permissions') }, (context) => {
    const folder = place(context);
    mkdirSync(`${folder}/from`, { mode: 0o750 });
    mkdirSync(`${folder}/to`);
    writeFileSync(`${folder}/to/file`, '');
    utimesSync(`${folder}/from`, 1, 1_234_567_890.5);
    assert.deepEqual(files.copyFolderAttributes(`${folder}/from`, `${folder}/to`), lostAnyway(ground));
    assert.equal(lstatSync(`${folder}/to`).mode & 0o777, 0o750);
    assert.equal(Math.round(lstatSync(`${folder}/to`).mtimeMs), 1_234_567_890_500);
    assert.throws(() => files.copyFolderAttributes(`${folder}/to/file`, `${folder}/to`), { code: 'NOT_A_FOLDER' });
    assert.throws(() => files.copyFolderAttributes(`${folder}/from`, `${folder}/none`), { code: 'NOT_FOUND' });
  });
}
