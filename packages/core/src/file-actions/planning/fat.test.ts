import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { nodeUserFiles } from '@sd/platform-node/user-files/user-files.ts';
import { FakeUserFiles, type FakeVolume } from '../../testing/fake-user-files.ts';
import { makeFatImage } from '../../testing/fat-image.ts';
import { temporaryFolder } from '../../testing/open-test-core.ts';
import { writeTree } from '../../testing/file-world.ts';
import { type PlanningBench, mountsHere, planningBench } from '../../testing/planning-fixture.ts';

/** A folder `fat` in the bench's: a real FAT, where this machine can mount one, else one that only behaves so. */
const KINDS: Readonly<Record<string, (t: TestContext) => PlanningBench | undefined>> = { real, fake };

function fake(t: TestContext): PlanningBench {
  const volume: FakeVolume = {
    path: `${temporaryFolder(t)}/fat`,
    caseInsensitive: true,
    lacks: ['permissions', 'attributes', 'symlinks', 'hard_links'],
    forbidden: '"*/:<>?\\|',
    fileSize: 2 ** 32 - 1,
  };
  mkdirSync(volume.path);
  const bench = planningBench(t, { platform: new FakeUserFiles(nodeUserFiles, [volume]).ports });
  symlinkSync(volume.path, `${bench.folder}/fat`);
  return bench;
}

function real(t: TestContext): PlanningBench | undefined {
  const undo: (() => void)[] = [];
  t.after(() => {
    for (const step of undo.reverse()) step();
  });
  const bench = planningBench({ after: (call) => void undo.unshift(call) });
  const [image, at] = [`${bench.own}/fat.img`, `${bench.folder}/fat`];
  makeFatImage(image);
  mkdirSync(at);
  try {
    execFileSync('mount', ['-t', 'vfat', '-o', 'loop', image, at], { stdio: 'ignore' });
  } catch {
    t.skip('this machine mounts no FAT');
    return undefined;
  }
  undo.push(() => execFileSync('umount', [at]));
  bench.mounts = mountsHere();
  return bench;
}

const transfer = (bench: PlanningBench, operation: 'copy' | 'move', source: string, to: string) =>
  bench.plan({
    operation: `entries.${operation}`,
    sources: [`${bench.folder}/${source}`],
    to: `${bench.folder}/${to}`,
    on_conflict: 'ask',
  });

for (const [kind, open] of Object.entries(KINDS)) {
  test(`${kind} FAT: case does not count, names and links have limits, permissions are lost`, async (t) => {
    const bench = open(t);
    if (!bench) return;
    writeTree(bench.folder, { 'a/Photo.jpg': '1', 'a/photo.JPG': '2', 'a/what?': '3', 'a/b/deep': '4' });
    symlinkSync('Photo.jpg', `${bench.folder}/a/link`);
    const { id, plan } = await transfer(bench, 'copy', 'a', 'fat');
    const twice = bench.steps(id).filter(({ conflict }) => conflict === 'twice');
    assert.deepEqual(
      twice.map(({ name }) => name),
      ['photo.JPG'],
    );
    const said = plan.warnings.join('\n');
    assert.match(said, /1 name is not possible there \(.*what\?: it has a \?\)/);
    assert.match(said, /1 symbolic link cannot be made there/);
    assert.match(said, /permissions and owners are not kept there/);
    assert.match(said, /extended attributes are not kept there/);
    assert.match(said, /upper and lower case are the same there/);
    await assert.rejects(transfer(bench, 'copy', 'a/what?', 'fat'), { code: 'LIMIT' });
  });

  test(`${kind} FAT: what is there under another case is met`, async (t) => {
    const bench = open(t);
    if (!bench) return;
    writeTree(bench.folder, { 'a/Photo.jpg': '1', 'a/Sub/x': '2', 'fat/a/PHOTO.JPG': '3', 'fat/a/SUB/': '' });
    const { id } = await transfer(bench, 'copy', 'a', 'fat');
    assert.deepEqual(
      bench
        .steps(id)
        .map(({ kind: step, name, conflict }) => `${step} ${name} ${conflict}`.replace(`${bench.folder}/`, '')),
      ['make_folder a folder', 'copy Photo.jpg file', 'make_folder Sub folder', 'copy x none'],
    );
    await bench.commit(id, { 1: 'skip' });
  });

  test(`${kind} FAT: a file that is too large is refused, one in a folder is said`, async (t) => {
    const bench = open(t);
    if (!bench) return;
    writeTree(bench.folder, { 'a/film': '' });
    truncateSync(`${bench.folder}/a/film`, 2 ** 32);
    await assert.rejects(transfer(bench, 'copy', 'a/film', 'fat'), { code: 'LIMIT' });
    assert.match((await transfer(bench, 'copy', 'a', 'fat')).plan.warnings.join(), /1 file is larger than the 4.3 GB/);
  });

  test(`${kind} FAT: a name that changes in case only is the same thing under another name`, async (t) => {
    const bench = open(t);
    if (!bench) return;
    writeTree(bench.folder, { 'fat/Photos/x': '1', 'fat/letter.txt': '2' });
    const rename = (path: string, name: string) =>
      bench.plan({ operation: 'entries.rename', source: `${bench.folder}/fat/${path}`, name, on_conflict: 'ask' });
    const { id } = await rename('Photos', 'photos');
    assert.deepEqual(
      bench.steps(id).map(({ kind: step, conflict }) => `${step} ${conflict}`),
      ['rename none'],
    );
    await bench.commit(id);
    // However it was written, the thing is what it is on the disk.
    const spelled = await rename('LETTER.TXT', 'note.txt');
    assert.match(bench.steps(spelled.id)[0]?.source ?? '', /\/letter\.txt$/);
    await assert.rejects(transfer(bench, 'move', 'fat/PHOTOS', 'fat'), { code: 'CONFLICT', message: /there already/ });
    await assert.rejects(transfer(bench, 'move', 'fat/Photos', 'fat/pHOTOS'), { code: 'CONFLICT' });
  });
}
