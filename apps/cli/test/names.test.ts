import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Cli, Running } from './cli.ts';

const cli = new Cli();
after(() => cli.close());

const NAMES = [
  'plain.txt',
  'two words.txt',
  'line\nbreak.txt',
  'bell\u0007 and \u001b[31mred.txt',
  'turn\u202etxt.exe',
  '写真 夏.txt',
  'cafe\u0301.txt',
  '100%.txt',
  'quote\'".txt',
];
const BYTES = Buffer.concat([Buffer.from('broken-'), Buffer.from([0xff, 0xc3, 0x28]), Buffer.from('.txt')]);
const isLinux = process.platform === 'linux';

before(async () => {
  const folder = cli.path('Odd');
  mkdirSync(folder);
  for (const name of NAMES) writeFileSync(`${folder}/${name}`, name);
  // macOS and Windows do not take names that are no text.
  if (isLinux) writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), BYTES]), 'broken');
  await cli.ok('setup', folder);
});

test('no name can disturb a terminal', async () => {
  for (const line of [
    ['ls', cli.path('Odd')],
    ['find', 'txt'],
    ['find', 'txt', '-p'],
    ['tree', '-f', cli.path('Odd')],
    ['du', cli.path('Odd')],
    ['stats'],
  ]) {
    const stdout = await cli.ok(...line);
    assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\ufffd]/, line.join(' '));
    assert.match(stdout, /bell\\x07 and \\x1b\[31mred\.txt/, line.join(' '));
  }
});

test('with -0 names come as they are on disk, byte for byte', async () => {
  const child = cli.spawn(new URL('../../../bin/sd', import.meta.url).pathname, ['find', '-0', 'txt']);
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise((resolve) => child.once('close', resolve));
  const found = Buffer.concat(chunks).toString('latin1').split('\0').slice(0, -1);
  const expected = [
    ...NAMES.filter((name) => name.includes('txt')).map((name) => Buffer.from(name)),
    ...(isLinux ? [BYTES] : []),
  ];
  assert.deepEqual(
    found.toSorted(),
    expected.map((name) => `${cli.path('Odd')}/${name.toString('latin1')}`).toSorted(),
  );
});

test('any name can be asked for, by path and by address', async () => {
  for (const name of NAMES) {
    const entry = await cli.json<{ path: string; size: number }>('info', `${cli.path('Odd')}/${name}`);
    assert.equal(entry.size, Buffer.byteLength(name));
    assert.equal((await cli.json<{ path: string }>('info', entry.path)).path, entry.path);
  }
});

test('a word that begins with a dash is searched for after --', async () => {
  cli.file('Odd/-dash.txt');
  await cli.ok('location', 'rescan');
  const { exit, stderr } = await cli.run(['find', '-dash']);
  assert.equal(exit, 2);
  assert.match(stderr, /after --/);
  assert.equal(await cli.ok('find', '-p', '--', '-dash'), `${cli.path('Odd/-dash.txt')}\n`);
  assert.equal(await cli.ok('find', '-p', 'type:file', '--', '-dash', 'txt'), `${cli.path('Odd/-dash.txt')}\n`);
  // In one word with the rest it is a query still.
  assert.doesNotMatch(await cli.ok('find', '-p', 'type:file -dash'), /-dash/);
});

test('paths are meant from where the user stands', async () => {
  const { stdout } = await cli.run(['ls', 'Odd'], { cwd: cli.root });
  assert.match(stdout, /plain\.txt/);
  assert.match((await cli.run(['ls'], { cwd: cli.path('Odd') })).stdout, /plain\.txt/);
});

test('a name that is no text can be given like any other', { skip: !isLinux }, async () => {
  const sd = new URL('../../../bin/sd', import.meta.url).pathname;
  const shell = async (line: string, cwd = cli.path('Odd')) => {
    const running = new Running(cli.spawn('/bin/sh', ['-c', line], { environment: { SD: sd }, cwd }));
    const { exit, stdout, stderr } = await running.ended;
    assert.equal(exit, 0, `${line}: ${stdout}${stderr}`);
    return stdout;
  };
  assert.match(await shell('"$SD" info broken-*'), /broken-\\xff\\xc3\(\.txt/);
  await shell('mkdir other "$(printf "fold\\377")" && "$SD" cp broken-* other');
  assert.deepEqual(readdirSync(Buffer.from(cli.path('Odd/other')), 'buffer'), [BYTES]);
  await shell('"$SD" mv other/* "$(printf "fold\\377")"');
  assert.deepEqual(readdirSync(cli.path('Odd/other')), []);
  assert.match(await shell('cd fold* && "$SD" ls'), /broken-\\xff\\xc3\(\.txt/);
  await shell('cd fold* && "$SD" rm --yes -- *');
  assert.equal(await shell('ls -A fold*'), '');
});
