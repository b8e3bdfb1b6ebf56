import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Mounts } from '../../ports/mounts.ts';
import { temporaryFolder } from '../open-test-core.ts';

/** What every `Mounts` port does. */
export function mountsAcceptance(name: string, mounts: Mounts): void {
  describe(`${name}: Mounts`, () => {
    test('every path lies on a mount', async () => {
      const all = await mounts.list();
      assert.ok(all.some(({ path }) => path === '/' || /^[A-Z]:\/$/i.test(path)));
      for (const mount of all) assert.ok(mount.root.startsWith('/') && mount.fileSystem !== '');
    });

    test('the stop function of onChange stops it', () => {
      mounts.onChange(() => assert.fail('nothing was mounted'))();
    });

    test('a file is made where nothing is, and read back as it was written', async (t) => {
      const path = `${temporaryFolder(t)}/file`;
      const bytes = Uint8Array.from({ length: 300_000 }, (_, at) => at % 251);
      const file = await mounts.files.create(path);
      await file.write(bytes.subarray(0, 100_000));
      await file.write(bytes.subarray(100_000));
      await file.sync();
      const reading = await file.readBack(65_536);
      let length = 0;
      for (let read = await reading.next(); read > 0; read = await reading.next()) length += read;
      await reading.close();
      await file.close();
      assert.equal(length, bytes.length);
      assert.deepEqual(Uint8Array.from((await mounts.files.read(path, 1_000_000)) ?? []), bytes);
      assert.equal((await mounts.files.read(path, 10))?.length, 10);
      await assert.rejects(mounts.files.create(path), { code: 'ALREADY_EXISTS' });
      assert.equal((await mounts.files.facts(path))?.size, bytes.length);
    });

    test('only what begins with the mark is removed', async (t) => {
      const path = `${temporaryFolder(t)}/file`;
      const mark = (text: string): Uint8Array => new TextEncoder().encode(text);
      const file = await mounts.files.create(path);
      await file.write(mark('ours, and more'));
      await file.close();
      assert.equal(await mounts.files.removeMarked(path, mark('theirs')), false);
      assert.equal(await mounts.files.removeMarked(path, mark('ours')), true);
      assert.equal(await mounts.files.removeMarked(path, mark('ours')), false);
      assert.equal(await mounts.files.read(path, 10), undefined);
      assert.equal(await mounts.files.facts(path), undefined);
    });

    test('what was cut off within the mark, or before it, is removed too', async (t) => {
      const path = `${temporaryFolder(t)}/file`;
      const mark = new TextEncoder().encode('ours');
      for (const written of [0, 2]) {
        const file = await mounts.files.create(path);
        if (written > 0) await file.write(mark.subarray(0, written));
        await file.close();
        assert.equal(await mounts.files.removeMarked(path, mark), true);
        assert.equal(await mounts.files.facts(path), undefined);
      }
      const other = await mounts.files.create(path);
      await other.write(new TextEncoder().encode('oh'));
      await other.close();
      assert.equal(await mounts.files.removeMarked(path, mark), false);
    });

    test('a folder is no file, and has room around it', async (t) => {
      const path = temporaryFolder(t);
      assert.equal(await mounts.files.read(path, 10), undefined);
      assert.equal(await mounts.files.removeMarked(path, new Uint8Array(0)), false);
      const { free, total } = await mounts.files.space(path);
      assert.ok(free > 0 && free <= total);
    });
  });
}
