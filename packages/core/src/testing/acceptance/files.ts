import assert from 'node:assert/strict';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { describe, test } from 'node:test';
import { newListing } from '../../folder-listing.ts';
import type { Files } from '../../ports/files.ts';
import { temporaryFolder } from '../open-test-core.ts';

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** What every `Files` port does, on a file system that takes any bytes in names. Trash has tests of its own. */
export function filesAcceptance(name: string, files: Files): void {
  const list = (folder: string, skip?: (name: string) => boolean) => {
    const listing = newListing(1);
    files.listFolder(folder, listing, skip);
    return listing;
  };

  describe(`${name}: Files`, () => {
    test('facts are of the name itself; where nothing is they are absent', (context) => {
      const folder = temporaryFolder(context);
      writeFileSync(`${folder}/file`, 'hello');
      mkdirSync(`${folder}/sub`);
      symlinkSync('nowhere', `${folder}/link`);
      linkSync(`${folder}/file`, `${folder}/twin`);
      assert.deepEqual(
        ['file', 'sub', 'link'].map((entry) => files.facts(`${folder}/${entry}`)?.type),
        [0, 1, 2],
      );
      const facts = files.facts(`${folder}/file`);
      const disk = lstatSync(`${folder}/file`, { bigint: true });
      assert.equal(facts?.size, 5);
      assert.equal(facts?.links, 2);
      assert.equal(facts?.inode, Number(disk.ino));
      assert.ok(Math.abs((facts?.mtime ?? 0) - Number(disk.mtimeNs / 1000n)) <= 1, 'microseconds');
      assert.equal(files.facts(`${folder}/none`), undefined);
      assert.equal(files.facts(`${folder}/file/below`), undefined);
      assert.equal(files.linkTarget(`${folder}/link`), 'nowhere');
      assert.equal(files.linkTarget(`${folder}/file`), undefined);
    });

    test('a folder is listed with the facts of its children; what is skipped is not looked at', (context) => {
      const folder = temporaryFolder(context);
      for (let at = 0; at < 600; at++) writeFileSync(`${folder}/f${at}`, 'x'.repeat(at % 7));
      const listing = list(folder, (entry) => entry === 'f1');
      assert.equal(listing.names.length, 599);
      for (const [at, entry] of listing.names.entries()) assert.equal(listing.sizes[at], Number(entry.slice(1)) % 7);
      assert.throws(() => list(`${folder}/none`), { code: 'NOT_FOUND' });
      assert.throws(() => list(`${folder}/f1`), { code: 'NOT_A_FOLDER' });
    });

    test('a file is opened within a folder, never through a link, and read piece by piece', async (context) => {
      const folder = temporaryFolder(context);
      mkdirSync(`${folder}/a/b`, { recursive: true });
      writeFileSync(`${folder}/a/b/file`, 'hello world');
      writeFileSync(`${folder}/a/empty`, '');
      symlinkSync('b', `${folder}/a/link`);
      symlinkSync('file', `${folder}/a/b/name`);
      const file = await files.openWithin(folder, ['a', 'b', 'file']);
      assert.deepEqual(file.facts, files.facts(`${folder}/a/b/file`));
      const piece = new Uint8Array(5);
      assert.equal(await file.read(piece, 6), 5);
      assert.deepEqual(piece, text('world'));
      assert.equal(await file.read(piece, 11), 0);
      await file.close();
      const empty = await files.openWithin(folder, ['a', 'empty']);
      assert.deepEqual([empty.facts.size, await empty.read(piece, 0)], [0, 0]);
      await empty.close();
      for (const names of [
        ['a', 'link', 'file'],
        ['a', 'b', 'name'],
        ['a', 'b'],
        ['a', 'b', 'none'],
        ['none', 'file'],
      ])
        await assert.rejects(files.openWithin(folder, names), (error: { code: string }) =>
          ['NOT_FOUND', 'NOT_A_FOLDER', 'NOT_READABLE'].includes(error.code),
        );
    });

    test('what others may read is not private', { skip: process.platform === 'win32' }, (context) => {
      const folder = temporaryFolder(context);
      writeFileSync(`${folder}/file`, '', { mode: 0o600 });
      assert.deepEqual([files.isPrivate(folder), files.isPrivate(`${folder}/file`)], [true, true]);
      chmodSync(`${folder}/file`, 0o640);
      assert.equal(files.isPrivate(`${folder}/file`), false);
    });

    test('every name has one string and back, also one that is no text', (context) => {
      const folder = temporaryFolder(context);
      const strange = [
        Buffer.from([0xff]),
        Buffer.from([0x61, 0xc3]),
        Buffer.from([0xed, 0xa0, 0x80]),
        Buffer.from('\ufffd'),
        Buffer.from('\n*?"<>|'),
        Buffer.from('é'),
      ];
      strange.forEach((bytes, at) => writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), bytes]), String(at)));
      const { names, vanished } = list(folder);
      assert.deepEqual(vanished, []);
      assert.equal(new Set(names).size, strange.length);
      const contents = names.map((entry) => new TextDecoder().decode(files.readWhole(`${folder}/${entry}`, 10))).sort();
      assert.deepEqual(contents, ['0', '1', '2', '3', '4', '5']);
      assert.ok(names.includes('\udcff') && names.includes('a\udcc3') && names.includes('\udced\udca0\udc80'));
      files.rename(`${folder}/\udcff`, `${folder}/\udcfe`);
      assert.ok(readdirSync(folder, 'buffer').some((entry) => entry.equals(Buffer.from([0xfe]))));
    });

    test('paths longer than the system takes are reached all the same', (context) => {
      const folder = temporaryFolder(context);
      let path = folder;
      while (path.length < 9000) {
        path += `/${'long'.repeat(50)}`;
        files.makeFolder(path);
      }
      files.replaceFile(`${path}/end.txt`, text('deep'));
      writeFileSync(`${folder}/top`, '');
      assert.deepEqual(list(path).names, ['end.txt']);
      assert.equal(files.facts(`${path}/end.txt`)?.size, 4);
      const bytes = new Uint8Array(10);
      assert.equal(files.readAt(`${path}/end.txt`, bytes, 2), 2);
      assert.equal(new TextDecoder().decode(files.readWhole(`${path}/end.txt`, 10)), 'deep');
      files.remove(`${path}/end.txt`);
      assert.deepEqual(list(path).names, []);
    });

    test('reading stays within its bounds and its file', (context) => {
      const folder = temporaryFolder(context);
      writeFileSync(`${folder}/file`, '0123456789');
      symlinkSync(`${folder}/file`, `${folder}/link`);
      const into = new Uint8Array(4);
      assert.equal(files.readAt(`${folder}/file`, into, 3), 4);
      assert.equal(new TextDecoder().decode(into), '3456');
      assert.equal(files.readAt(`${folder}/file`, into, 8), 2);
      assert.equal(files.readAt(`${folder}/file`, into, 100), 0);
      assert.throws(() => files.readAt(`${folder}/link`, into, 0), { code: 'NOT_READABLE' });
      assert.equal(files.readWhole(`${folder}/link`, 10).length, 10);
      assert.throws(() => files.readWhole(`${folder}/file`, 9), { code: 'TOO_LARGE' });
      assert.throws(() => files.readWhole(folder, 9), { code: 'NOT_READABLE' });
      assert.throws(() => files.readWhole(`${folder}/none`, 9), { code: 'NOT_FOUND' });
      assert.throws(() => files.readWhole('/dev/zero', 9), { code: 'NOT_READABLE' });
    });

    test('a file is replaced whole, privately if asked, and leaves nothing beside it', (context) => {
      const folder = temporaryFolder(context);
      writeFileSync(`${folder}/a.new`, 'of an interrupted write');
      chmodSync(`${folder}/a.new`, 0o666);
      files.replaceFile(`${folder}/a`, text('one'), { private: true });
      files.replaceFile(`${folder}/a`, text('two'), { private: true });
      assert.equal(readFileSync(`${folder}/a`, 'utf8'), 'two');
      assert.equal(lstatSync(`${folder}/a`).mode & 0o777, 0o600);
      assert.deepEqual(readdirSync(folder), ['a']);
      assert.throws(() => files.replaceFile(`${folder}/none/a`, text('x')), { code: 'NOT_FOUND' });
      assert.throws(() => files.replaceFile(`${folder}/a/b`, text('x')), { code: 'NOT_A_FOLDER' });
    });

    test('folders are made with their parents, and only empty ones are removed', (context) => {
      const folder = temporaryFolder(context);
      files.makeFolder(`${folder}/a/b`, { private: true });
      files.makeFolder(`${folder}/a/b`);
      assert.equal(lstatSync(`${folder}/a`).mode & 0o777, 0o700);
      assert.throws(() => files.remove(`${folder}/a`), { code: 'CONFLICT' });
      files.remove(`${folder}/a/b`);
      files.remove(`${folder}/a/b`);
      files.remove(`${folder}/a`);
      assert.deepEqual(readdirSync(folder), []);
    });

    test('a copy is exact and overwrites nothing', async (context) => {
      const folder = temporaryFolder(context);
      writeFileSync(`${folder}/from`, 'bytes');
      await files.copyFile(`${folder}/from`, `${folder}/to`);
      assert.equal(readFileSync(`${folder}/to`, 'utf8'), 'bytes');
      writeFileSync(`${folder}/from`, 'other');
      await assert.rejects(files.copyFile(`${folder}/from`, `${folder}/to`), { code: 'ALREADY_EXISTS' });
      assert.equal(readFileSync(`${folder}/to`, 'utf8'), 'bytes');
      await assert.rejects(files.copyFile(`${folder}/none`, `${folder}/new`), { code: 'NOT_FOUND' });
    });

    test('a file is written on from where it was, and what is beyond is cut off', (context) => {
      const folder = temporaryFolder(context);
      const path = `${folder}/na\udcffme`;
      const write = (length: number, words: string): void => {
        const file = files.writeOn(path, length);
        file.write(text(words));
        file.sync();
        file.close();
      };
      const read = (): string => new TextDecoder().decode(files.readWhole(path, 100));
      assert.throws(() => files.writeOn(path, 3), { code: 'NOT_FOUND' });
      write(0, 'one two three');
      if (process.platform !== 'win32') assert.equal(files.isPrivate(path), true);
      write(4, '2');
      assert.equal(read(), 'one 2');
      assert.throws(() => files.writeOn(path, 6), { code: 'CONFLICT' });
      assert.equal(read(), 'one 2');
      write(0, 'new');
      assert.equal(read(), 'new');
      assert.throws(() => files.writeOn(`${folder}/none/file`, 0), { code: 'NOT_FOUND' });
      assert.throws(() => files.writeOn(folder, 0), { code: 'NOT_READABLE' });
      symlinkSync(`${folder}/elsewhere`, `${folder}/link`);
      assert.throws(() => files.writeOn(`${folder}/link`, 0), { code: 'NOT_READABLE' });
      assert.equal(files.facts(`${folder}/elsewhere`), undefined);
    });

    test('a new name replaces nothing, and one that was given half-way is given', (context) => {
      const folder = temporaryFolder(context);
      writeFileSync(`${folder}/from`, 'bytes');
      writeFileSync(`${folder}/taken`, 'other');
      symlinkSync('nowhere', `${folder}/link`);
      for (const other of ['taken', 'link'])
        assert.throws(() => files.renameNew(`${folder}/from`, `${folder}/${other}`), { code: 'ALREADY_EXISTS' });
      assert.equal(readFileSync(`${folder}/taken`, 'utf8'), 'other');
      files.renameNew(`${folder}/from`, `${folder}/to\udcfe`);
      linkSync(Buffer.from(`${folder}/to\xfe`, 'latin1'), `${folder}/from`);
      files.renameNew(`${folder}/from`, `${folder}/to\udcfe`);
      assert.equal(new TextDecoder().decode(files.readWhole(`${folder}/to\udcfe`, 10)), 'bytes');
      assert.equal(files.facts(`${folder}/from`), undefined);
      assert.throws(() => files.renameNew(`${folder}/from`, `${folder}/new`), { code: 'NOT_FOUND' });
    });

    test('whether a folder may be written in is told without trying', (context) => {
      const folder = temporaryFolder(context);
      assert.equal(files.mayWriteIn(folder), true);
      assert.throws(() => files.mayWriteIn(`${folder}/none`), { code: 'NOT_FOUND' });
      chmodSync(folder, 0o500);
      // The administrator may write where nobody else does.
      if (process.platform !== 'win32') assert.equal(files.mayWriteIn(folder), process.getuid?.() === 0);
    });

    test('the room of a disk and the folders of a person are measured', (context) => {
      const { free, total } = files.space(temporaryFolder(context));
      assert.ok(free > 0 && total >= free);
      for (const { path } of files.homeFolders()) assert.equal(files.facts(files.realPath(path))?.type, 1);
    });
  });
}
