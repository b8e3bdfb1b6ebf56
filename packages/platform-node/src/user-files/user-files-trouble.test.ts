import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '@sd/core/testing/open-test-core.ts';
import { nodeUserFiles as files } from './user-files.ts';

const go = (): boolean => true;
const root = process.platform === 'linux' && process.getuid?.() === 0;

/** A file system of its own below a new folder; `undefined`, and the test skipped, where this user may not mount. */
function disk(context: TestContext, size: string): { at: string; folder: string } | undefined {
  const ended: (() => void)[] = [];
  const folder = temporaryFolder({ after: (call) => ended.push(() => void call()) });
  const at = `${folder}/disk`;
  mkdirSync(at);
  context.after(() => ended.forEach((end) => end()));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', at], { stdio: 'ignore' });
  } catch {
    context.skip('this user may not mount a file system');
    return undefined;
  }
  ended.unshift(() => execFileSync('umount', [at]));
  return { at, folder };
}

test('on a full disk nothing is left of what did not fit, and the source is whole', (context) => {
  const { at, folder } = disk(context, '3m') ?? {};
  if (at === undefined) return;
  for (const size of [200_000, 4_000_000]) {
    const bytes = Buffer.alloc(size, 'bytes');
    writeFileSync(`${folder}/from`, bytes);
    writeFileSync(`${at}/filler`, Buffer.alloc(3_000_000));
    assert.throws(() => files.copy(`${folder}/from`, `${at}/to`, go), { code: 'DISK_FULL' });
    assert.deepEqual(readdirSync(at), ['filler']);
    assert.ok(readFileSync(`${folder}/from`).equals(bytes));
  }
  files.remove(`${at}/filler`, lstatSync(`${at}/filler`).ino);
  writeFileSync(`${folder}/from`, Buffer.alloc(2_000_000, 1));
  files.copy(`${folder}/from`, `${at}/to`, go);
  assert.ok(readFileSync(`${at}/to`).equals(Buffer.alloc(2_000_000, 1)));
});

test('on a full disk a file goes to the trash and back, and its note is written once there is room', (context) => {
  const { at } = disk(context, '3m') ?? {};
  if (at === undefined) return;
  writeFileSync(`${at}/a é.txt`, 'bytes');
  assert.throws(() => writeFileSync(`${at}/filler`, Buffer.alloc(4_000_000)), { code: 'ENOSPC' });
  const trashed = files.trash(`${at}/a é.txt`);
  assert.equal(readFileSync(trashed.place, 'utf8'), 'bytes');
  assert.equal(readFileSync(trashed.note ?? '', 'utf8'), '');
  const when = Date.parse('2026-01-02T03:04:05');
  const write = (): void => files.completeNote(trashed, `${at}/a é.txt`, when);
  assert.throws(write, { code: 'DISK_FULL' });
  assert.equal(readFileSync(trashed.note ?? '', 'utf8'), '');
  files.remove(`${at}/filler`, lstatSync(`${at}/filler`).ino);
  write();
  const note = readFileSync(trashed.note ?? '', 'utf8');
  assert.match(note, /^\[Trash Info\]\nPath=a%20%C3%A9.txt\nDeletionDate=2026-01-02T03:04:05\n/);
  // Written once: what another program may have made of it since stays.
  files.completeNote(trashed, `${at}/other`, when);
  assert.equal(readFileSync(trashed.note ?? '', 'utf8'), note);
  files.restore(trashed, `${at}/back`);
  assert.deepEqual(
    readdirSync(at).filter((name) => !name.startsWith('.')),
    ['back'],
  );
  assert.equal(existsSync(trashed.note ?? ''), false);
});

test('a trash of ours that had no room for its mark is one once there is room', (context) => {
  const { at } = disk(context, '3m') ?? {};
  if (at === undefined) return;
  // The system's cannot be used.
  writeFileSync(`${at}/.Trash-${process.getuid?.()}`, 'no folder');
  writeFileSync(`${at}/file`, 'bytes');
  assert.throws(() => writeFileSync(`${at}/filler`, Buffer.alloc(4_000_000)), { code: 'ENOSPC' });
  assert.throws(() => files.trash(`${at}/file`));
  assert.equal(readFileSync(`${at}/file`, 'utf8'), 'bytes');
  files.remove(`${at}/filler`, lstatSync(`${at}/filler`).ino);
  const { place } = files.trash(`${at}/file`);
  assert.ok(place.startsWith(`${at}/.sd-trash-`), place);
});

test('nothing changes on a read-only disk, and it is told beforehand', (context) => {
  const { at, folder } = disk(context, '3m') ?? {};
  if (at === undefined) return;
  writeFileSync(`${at}/file`, 'stays');
  const { ino } = lstatSync(`${at}/file`);
  execFileSync('mount', ['-o', 'remount,ro', at]);
  assert.equal(files.limits(at).readOnly, true);
  const refused = { code: 'NOT_WRITABLE' };
  assert.throws(() => files.copy(`${at}/file`, `${at}/to`, go), refused);
  assert.throws(() => files.rename(`${at}/file`, `${at}/to`), refused);
  assert.throws(() => files.makeFolder(`${at}/to`), refused);
  assert.throws(() => files.remove(`${at}/file`, ino), refused);
  assert.throws(() => files.setTimes(`${at}/file`, { modified: 0 }), refused);
  assert.throws(() => files.writeAttribute(`${at}/file`, 'user.a', new Uint8Array(1)), refused);
  assert.throws(() => files.trash(`${at}/file`), refused);
  files.copy(`${at}/file`, `${folder}/to`, go);
  assert.equal(readFileSync(`${folder}/to`, 'utf8'), 'stays');
});

test('another file system is never reached by a rename, a link or a clone', (context) => {
  const { at, folder } = disk(context, '3m') ?? {};
  if (at === undefined) return;
  writeFileSync(`${folder}/file`, 'stays');
  mkdirSync(`${folder}/sub`);
  for (const from of ['file', 'sub'])
    assert.throws(() => files.rename(`${folder}/${from}`, `${at}/to`), { code: 'CROSSES_VOLUME' });
  assert.throws(() => files.link(`${folder}/file`, `${at}/to`), { code: 'CROSSES_VOLUME' });
  assert.throws(() => files.clone(`${folder}/file`, `${at}/to`), { code: 'UNAVAILABLE' });
  assert.deepEqual(readdirSync(at), []);
});

test('a bind mount has a trash of its own', (context) => {
  const { at, folder } = disk(context, '3m') ?? {};
  if (at === undefined) return;
  mkdirSync(`${at}/inner`);
  writeFileSync(`${at}/inner/file`, 'bytes');
  const bound = `${folder}/bound`;
  mkdirSync(bound);
  execFileSync('mount', ['--bind', `${at}/inner`, bound]);
  try {
    const trashed = files.trash(`${bound}/file`);
    assert.ok(trashed.place.startsWith(`${bound}/.Trash-`));
    files.restore(trashed, `${bound}/back`);
    assert.equal(readFileSync(`${at}/inner/back`, 'utf8'), 'bytes');
  } finally {
    execFileSync('umount', [bound]);
  }
});

test('a folder that a disk is mounted in is neither thrown away nor purged', (context) => {
  const { at } = disk(context, '3m') ?? {};
  if (at === undefined) return;
  mkdirSync(`${at}/kept`);
  writeFileSync(`${at}/kept/file`, 'stays');
  mkdirSync(`${at}/sub/mounted`, { recursive: true });
  const mounted = (where: string, then: () => void): void => {
    execFileSync('mount', ['--bind', `${at}/kept`, where]);
    try {
      then();
    } finally {
      execFileSync('umount', [where]);
    }
  };
  mounted(`${at}/sub/mounted`, () => {
    for (const path of ['sub', 'sub/mounted']) assert.throws(() => files.trash(`${at}/${path}`), { code: 'CONFLICT' });
    assert.deepEqual(readdirSync(at).sort(), ['kept', 'sub'], 'no trash is made for nothing');
  });
  const trashed = files.trash(`${at}/sub`);
  mounted(`${trashed.place}/mounted`, () => assert.throws(() => files.purge(trashed), { code: 'CONFLICT' }));
  files.purge(trashed);
  assert.equal(readFileSync(`${at}/kept/file`, 'utf8'), 'stays');
});

/** Runs in a process of the user `nobody`, and answers what `run` gives for `folder`. */
function asNobody(folder: string, run: string): unknown {
  const here = new URL('./user-files.ts', import.meta.url).href;
  const script = `import { nodeUserFiles as files } from ${JSON.stringify(here)}; const folder = ${JSON.stringify(folder)};
    const code = (call) => { try { call(); return 'done'; } catch (error) { return error.code; } };
    process.setgroups([]); process.setgid(65534); process.setuid(65534);
    process.stdout.write(JSON.stringify(${run}));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, XDG_DATA_HOME: `${folder}/no-home`, HOME: '/nonexistent' },
  });
  assert.notEqual(stdout, '', stderr);
  return JSON.parse(stdout);
}

const skip = !root && 'only root can become another user';

test('what this user may not do is refused, and nothing is half done', { skip }, (context) => {
  const folder = temporaryFolder(context);
  chmodSync(folder, 0o755);
  mkdirSync(`${folder}/theirs`, { mode: 0o755 });
  mkdirSync(`${folder}/open`);
  chmodSync(`${folder}/open`, 0o777);
  writeFileSync(`${folder}/theirs/secret`, 'x', { mode: 0o600 });
  writeFileSync(`${folder}/theirs/shown`, 'x', { mode: 0o644 });
  const answers = asNobody(
    folder,
    `{
      secret: code(() => files.copy(folder + '/theirs/secret', folder + '/open/a', () => true)),
      into: code(() => files.copy(folder + '/theirs/shown', folder + '/theirs/b', () => true)),
      rename: code(() => files.rename(folder + '/theirs/shown', folder + '/open/shown')),
      trash: code(() => files.trash(folder + '/theirs/shown')),
      times: code(() => files.setTimes(folder + '/theirs/shown', { modified: 0 })),
    }`,
  );
  assert.deepEqual(answers, {
    secret: 'NOT_READABLE',
    into: 'NOT_WRITABLE',
    rename: 'NOT_WRITABLE',
    trash: 'NOT_WRITABLE',
    times: 'NOT_WRITABLE',
  });
  assert.deepEqual(readdirSync(`${folder}/theirs`), ['secret', 'shown']);
  assert.deepEqual(readdirSync(`${folder}/open`), []);
});

test('who copies a program of another user does not get its rights', { skip }, (context) => {
  const folder = temporaryFolder(context);
  chmodSync(folder, 0o777);
  writeFileSync(`${folder}/program`, 'x');
  chownSync(`${folder}/program`, 4711, 4711);
  chmodSync(`${folder}/program`, 0o6755);
  const copied = asNobody(folder, `files.copy(folder + '/program', folder + '/copy', () => true).lost`);
  assert.deepEqual(copied, ['permissions', 'owner']);
  assert.equal(lstatSync(`${folder}/copy`).mode & 0o7777, 0o755);
  const kept = files.copy(`${folder}/program`, `${folder}/kept`, go);
  assert.deepEqual(
    [kept?.lost, lstatSync(`${folder}/kept`).mode & 0o7777, lstatSync(`${folder}/kept`).uid],
    [[], 0o6755, 4711],
  );
});

test('where neither home nor top is a user’s, there is a trash of ours, marked', { skip }, (context) => {
  const { at } = disk(context, '3m') ?? {};
  if (at === undefined) return;
  mkdirSync(`${at}/ours/sub`, { recursive: true });
  chownSync(`${at}/ours`, 65534, 65534);
  writeFileSync(`${at}/ours/sub/file`, 'bytes');
  chownSync(`${at}/ours/sub`, 65534, 65534);
  chmodSync(at, 0o755);
  chmodSync(`${at}/..`, 0o755);
  const { trashed, found } = asNobody(
    at,
    `(() => { const trashed = files.trash(folder + '/ours/sub/file'); const found = files.findTrashed(folder + '/ours/sub/file', ${lstatSync(`${at}/ours/sub/file`).ino});
      return { trashed, found }; })()`,
  ) as { trashed: { place: string; note: string }; found: unknown };
  assert.equal(trashed.place, `${at}/ours/.sd-trash-65534/files/file`);
  assert.deepEqual(found, trashed);
  assert.ok(readFileSync(`${at}/ours/.sd-trash-65534/.spacedrive-trash`, 'utf8').startsWith('spacedrive trash 1\n'));
  asNobody(at, `(files.restore(${JSON.stringify(trashed)}, folder + '/ours/back'), true)`);
  assert.equal(readFileSync(`${at}/ours/back`, 'utf8'), 'bytes');
  assert.ok(!existsSync(trashed.note));
});

test('what is made has the rights a person’s other programs would give, whatever the process keeps to itself', (context) => {
  if (process.platform === 'win32') return context.skip('there are no such rights');
  const folder = temporaryFolder(context);
  const here = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);
  const script = `import { keepOwnFilesPrivate } from ${here('../persons-mask.ts')}; import { nodeUserFiles as files } from ${here('./user-files.ts')};
    process.umask(0o027); keepOwnFilesPrivate(); const folder = ${JSON.stringify(folder)};
    files.makeFolder(folder + '/folder'); files.makeFile(folder + '/file');`;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  assert.deepEqual(
    ['folder', 'file'].map((name) => lstatSync(`${folder}/${name}`).mode & 0o777),
    [0o750, 0o640],
    stderr,
  );
});
