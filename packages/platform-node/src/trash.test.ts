import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '@sd/core/testing/open-test-core.ts';
import { nodeFiles } from './files.ts';

const options = { skip: process.platform === 'linux' ? false : 'the trash of freedesktop.org is on Linux' };

/** A folder to lose things in, and the home trash that takes them. */
function place(context: TestContext): { folder: string; trash: string } {
  const folder = temporaryFolder(context);
  const before = process.env['XDG_DATA_HOME'];
  process.env['XDG_DATA_HOME'] = `${folder}/data`;
  context.after(() => {
    if (before === undefined) delete process.env['XDG_DATA_HOME'];
    else process.env['XDG_DATA_HOME'] = before;
  });
  return { folder, trash: `${folder}/data/Trash` };
}

test('what goes to the trash can be found and put back', options, async (context) => {
  const { folder, trash } = place(context);
  mkdirSync(`${folder}/My Pictures é`);
  writeFileSync(`${folder}/My Pictures é/a.jpg`, 'picture');
  assert.equal(await nodeFiles.trash(`${folder}/My Pictures é`), `${trash}/files/My Pictures é`);
  assert.equal(readFileSync(`${trash}/files/My Pictures é/a.jpg`, 'utf8'), 'picture');
  const note = readFileSync(`${trash}/info/My Pictures é.trashinfo`, 'utf8');
  assert.match(note, /^\[Trash Info\]\nPath=(.*)\nDeletionDate=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\nX-Spacedrive=1\n$/);
  assert.equal(/Path=(.*)/.exec(note)?.[1], `${folder}/My%20Pictures%20%C3%A9`);
});

test('nothing in the trash is ever overwritten', options, async (context) => {
  const { folder, trash } = place(context);
  for (const words of ['one', 'two', 'three']) {
    writeFileSync(`${folder}/a.txt`, words);
    await nodeFiles.trash(`${folder}/a.txt`);
  }
  // As another program may leave it: taken, without a note.
  mkdirSync(`${trash}/files/a 4.txt`);
  writeFileSync(`${folder}/a.txt`, 'four');
  await nodeFiles.trash(`${folder}/a.txt`);
  assert.deepEqual(
    ['a.txt', 'a 2.txt', 'a 3.txt', 'a 5.txt'].map((name) => readFileSync(`${trash}/files/${name}`, 'utf8')),
    ['one', 'two', 'three', 'four'],
  );
});

test('a link goes, not what it points at; a name that is no text goes as it is', options, async (context) => {
  const { folder, trash } = place(context);
  writeFileSync(`${folder}/target`, 'stays');
  symlinkSync('target', `${folder}/link`);
  await nodeFiles.trash(`${folder}/link`);
  assert.equal(readFileSync(`${folder}/target`, 'utf8'), 'stays');
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff])]), 'bytes');
  await nodeFiles.trash(`${folder}/\udcff`);
  assert.ok(readdirSync(`${trash}/files`, 'buffer').some((name) => name.equals(Buffer.from([0xff]))));
  assert.ok(
    readdirSync(`${trash}/info`, 'buffer').some((name) =>
      readFileSync(Buffer.concat([Buffer.from(`${trash}/info/`), name]), 'utf8').includes('/%FF\n'),
    ),
  );
});

test('what cannot go to the trash stays where it is', options, async (context) => {
  const { folder, trash } = place(context);
  await assert.rejects(nodeFiles.trash('/'), { code: 'CONFLICT' });
  await assert.rejects(nodeFiles.trash(homedir()), { code: 'CONFLICT' });
  await assert.rejects(nodeFiles.trash(folder), { code: 'CONFLICT' }, 'the trash is in it');
  await assert.rejects(nodeFiles.trash(`${folder}/none`), { code: 'NOT_FOUND' });
  writeFileSync(`${folder}/file`, 'stays');
  mkdirSync(trash, { recursive: true });
  writeFileSync(`${trash}/info`, 'no folder');
  await assert.rejects(nodeFiles.trash(`${folder}/file`));
  assert.equal(readFileSync(`${folder}/file`, 'utf8'), 'stays');
});

test('on another disk it goes to that disk', options, async (context) => {
  const { folder } = place(context);
  const disk = `${folder}/disk`;
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', disk], { stdio: 'ignore' });
  } catch {
    return context.skip('mounting a second file system is not allowed here');
  }
  try {
    mkdirSync(`${disk}/sub`);
    writeFileSync(`${disk}/sub/file`, 'bytes');
    const user = process.getuid?.() ?? 0;
    assert.equal(await nodeFiles.trash(`${disk}/sub/file`), `${disk}/.Trash-${user}/files/file`);
    assert.match(readFileSync(`${disk}/.Trash-${user}/info/file.trashinfo`, 'utf8'), /\nPath=sub\/file\n/);
    await assert.rejects(nodeFiles.trash(disk), { code: 'CONFLICT' }, 'a whole disk is not thrown away');
    assert.ok(existsSync(disk));
  } finally {
    execFileSync('umount', [disk]);
  }
});
