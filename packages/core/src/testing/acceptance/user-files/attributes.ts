import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { UserFiles } from '../../../ports/user-files.ts';
import type { Ground } from './ground.ts';

const go = (): boolean => true;
const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const KEY = process.platform === 'linux' ? 'user.sd.test' : 'sd.test';

/** A version 2 ACL with an entry for the user 4711, as Linux keeps it. */
function acl(): Uint8Array {
  const entries: [tag: number, rights: number, id: number][] = [
    [0x01, 6, 0xffffffff],
    [0x02, 4, 4711],
    [0x04, 4, 0xffffffff],
    [0x10, 4, 0xffffffff],
    [0x20, 0, 0xffffffff],
  ];
  const bytes = Buffer.alloc(4 + entries.length * 8);
  bytes.writeUInt32LE(2, 0);
  for (const [at, [tag, rights, id]] of entries.entries()) {
    bytes.writeUInt16LE(tag, 4 + at * 8);
    bytes.writeUInt16LE(rights, 6 + at * 8);
    bytes.writeUInt32LE(id, 8 + at * 8);
  }
  return bytes;
}

/** Extended attributes, alone and with a copy. */
export function attributesAcceptance(files: UserFiles, { folder: place, lacks, blind }: Ground): void {
  const skip = lacks.has('attributes') && 'there are none here';

  test('attributes are written, read, listed and taken away', { skip }, (context) => {
    const folder = place(context);
    const path = `${folder}/file`;
    writeFileSync(path, 'x');
    assert.equal(files.readAttribute(path, KEY), undefined);
    files.writeAttribute(path, KEY, text('one'));
    files.writeAttribute(path, KEY, text('two'));
    assert.deepEqual(files.readAttribute(path, KEY), text('two'));
    assert.deepEqual(files.attributes(path).names, [KEY]);
    files.writeAttribute(path, `${KEY}.empty`, new Uint8Array());
    assert.deepEqual(files.readAttribute(path, `${KEY}.empty`), new Uint8Array());
    files.writeAttribute(path, `${KEY}.empty`, undefined);
    files.writeAttribute(path, KEY, undefined);
    files.writeAttribute(path, KEY, undefined);
    assert.deepEqual(files.attributes(path).names, []);
    assert.throws(() => files.readAttribute(`${folder}/none`, KEY), { code: 'NOT_FOUND' });
    assert.throws(() => files.writeAttribute(`${folder}/none`, KEY, text('x')), { code: 'NOT_FOUND' });
  });

  test(
    'where there are none, none are read, and writing says so',
    { skip: !skip && 'there are some here' },
    (context) => {
      const path = `${place(context)}/file`;
      writeFileSync(path, 'x');
      if (blind) assert.throws(() => files.readAttribute(path, KEY), { code: 'UNAVAILABLE' });
      else assert.equal(files.readAttribute(path, KEY), undefined);
      assert.deepEqual(files.attributes(path).names, []);
      assert.throws(() => files.writeAttribute(path, KEY, text('x')), { code: 'UNAVAILABLE' });
    },
  );

  test('a copy keeps them, also of a file that nobody may write', { skip }, (context) => {
    const folder = place(context);
    writeFileSync(`${folder}/from`, 'x');
    files.writeAttribute(`${folder}/from`, KEY, text('kept'));
    chmodSync(`${folder}/from`, 0o400);
    assert.deepEqual(files.copy(`${folder}/from`, `${folder}/to`, go)?.lost, []);
    assert.deepEqual(files.readAttribute(`${folder}/to`, KEY), text('kept'));
    mkdirSync(`${folder}/a`);
    mkdirSync(`${folder}/b`);
    files.writeAttribute(`${folder}/a`, KEY, text('folder'));
    files.copyFolderAttributes(`${folder}/a`, `${folder}/b`);
    assert.deepEqual(files.readAttribute(`${folder}/b`, KEY), text('folder'));
  });

  const onLinux = skip || (process.platform !== 'linux' && 'the form of ACLs is the one of Linux');
  test('a copy keeps an ACL, and not the one its folder would give it', { skip: onLinux }, (context) => {
    const folder = place(context);
    writeFileSync(`${folder}/from`, 'x');
    const ACCESS = 'system.posix_acl_access';
    try {
      files.writeAttribute(`${folder}/from`, ACCESS, acl());
    } catch {
      return context.skip('the file system has no ACLs');
    }
    if (!files.readAttribute(`${folder}/from`, ACCESS)) return context.skip('the file system says it has ACLs');
    mkdirSync(`${folder}/sub`);
    writeFileSync(`${folder}/plain`, 'x', { mode: 0o644 });
    files.writeAttribute(`${folder}/sub`, 'system.posix_acl_default', acl());
    assert.deepEqual(files.copy(`${folder}/from`, `${folder}/sub/to`, go)?.lost, []);
    assert.deepEqual(files.readAttribute(`${folder}/sub/to`, ACCESS), Uint8Array.from(acl()));
    assert.deepEqual(files.copy(`${folder}/plain`, `${folder}/sub/plain`, go)?.lost, []);
    assert.deepEqual(files.attributes(`${folder}/sub/plain`).names, []);
    assert.equal(files.attributes(`${folder}/sub/plain`).mode, 0o644);
  });
}
