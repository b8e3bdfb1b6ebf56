import assert from 'node:assert/strict';
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../src/testing/open-test-core.ts';
import { freshPicture } from '../src/testing/fresh-picture.ts';
import { WatchBench, type WatchBenchOptions } from '../src/testing/watch-bench.ts';

async function watched(t: TestContext, options: WatchBenchOptions = {}) {
  const folder = temporaryFolder(t);
  const [a, b] = [`${folder}/a`, `${folder}/b`];
  mkdirSync(`${a}/inner/deep`, { recursive: true });
  mkdirSync(b);
  writeFileSync(`${a}/one.txt`, 'one');
  writeFileSync(`${a}/inner/deep/two.txt`, 'two');
  mkdirSync(`${folder}/data`);
  const bench = new WatchBench(`${folder}/data`, options);
  t.after(() => bench.close());
  const [first, second] = [await bench.add(a, 'content'), await bench.add(b, 'content')];
  bench.start();
  await bench.settled();
  const check = async (): Promise<void> => {
    await bench.settled();
    assert.deepEqual(bench.warnings, []);
    assert.deepEqual(bench.scans.problems(), []);
    assert.deepEqual(bench.picture(first).entries, await freshPicture(folder, a, 'content'));
    assert.deepEqual(bench.picture(second).entries, await freshPicture(folder, b, 'content'));
  };
  const id = (location: string, path: string): number | undefined => bench.picture(location).ids.get(path);
  return { folder, a, b, bench, first, second, check, id };
}

for (const real of [false, true]) {
  test(`what is made, changed, moved and removed is in the index soon${real ? ', from a thread' : ''}`, async (t) => {
    const { a, b, first, second, check, id } = await watched(t, { real });
    mkdirSync(`${a}/new/below/it`, { recursive: true });
    writeFileSync(`${a}/new/below/it/three.txt`, 'three');
    appendFileSync(`${a}/one.txt`, 'more');
    symlinkSync('nowhere', `${b}/link`);
    await check();

    const two = id(first, 'inner/deep/two.txt');
    const deep = id(first, 'inner/deep');
    renameSync(`${a}/inner/deep`, `${b}/deep elsewhere`);
    await check();
    assert.equal(id(second, 'deep elsewhere'), deep);
    assert.equal(id(second, 'deep elsewhere/two.txt'), two);

    renameSync(`${b}/deep elsewhere/two.txt`, `${a}/TWO.txt`);
    await check();
    assert.equal(id(first, 'TWO.txt'), two);
    renameSync(`${a}/TWO.txt`, `${a}/two.txt`);
    await check();
    assert.equal(id(first, 'two.txt'), two);

    writeFileSync(`${a}/two.txt.tmp`, 'other bytes');
    renameSync(`${a}/two.txt.tmp`, `${a}/two.txt`);
    await check();
    assert.equal(id(first, 'two.txt'), two);

    linkSync(`${a}/two.txt`, `${b}/second name`);
    await check();
    appendFileSync(`${b}/second name`, '!');
    await check();
    unlinkSync(`${b}/second name`);
    await check();

    rmSync(`${a}/new`, { recursive: true });
    writeFileSync(`${a}/new`, 'a file now');
    await check();
    unlinkSync(`${a}/new`);
    mkdirSync(`${a}/new`);
    writeFileSync(`${a}/new/again`, 'again');
    await check();
    writeFileSync(`${a}/new/again 2`, 'again');
    await check();
  });
}
