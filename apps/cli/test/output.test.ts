import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { commands } from '../src/commands/index.ts';
import { Cli, Running } from './cli.ts';

const cli = new Cli();
after(() => cli.close());
before(async () => {
  for (let n = 0; n < 300; n += 1) cli.file(`Docs/file ${n}.txt`, `number ${n}`);
  cli.file('Docs/same.txt', 'number 1');
  cli.file('Docs/sub/photo.jpg');
  await cli.ok('setup', cli.path('Docs'));
});

/** A line for every command, but for those that other tests are about. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  setup: [cli.path('Docs')],
  ls: [cli.path('Docs')],
  find: ['file'],
  info: [cli.path('Docs/same.txt')],
  path: ['1'],
  'location add': [cli.path('Docs/../More')],
  'location info': ['Docs'],
  'location update': ['Docs', '--exclude', '*.tmp'],
  'location rules': ['Docs'],
  'location check': [cli.path('Docs')],
  'location remove': ['More', '--yes'],
  'library create': ['Second'],
  'library open': ['Second'],
  'library close': ['Second'],
  'library rename': ['Second', 'Other'],
  'library verify': ['My Library'],
  'library backup': ['My Library'],
  'library info': ['My Library'],
  'library delete': ['Other', '--yes'],
  rpc: ['query:core.status'],
  completion: ['bash'],
  export: [cli.path('list.ndjson')],
  'settings set': ['performance', 'balanced'],
  'sidecar list': [cli.path('Docs/same.txt')],
  'sidecar sweep': ['--yes'],
  'location verify': ['Docs'],
  'job clear': ['--yes'],
  cp: [cli.path('Docs/same.txt'), cli.path('Docs/copy.txt')],
  mv: [cli.path('Docs/copy.txt'), cli.path('Docs/sub/moved.txt')],
  rename: [cli.path('Docs/sub/moved.txt'), 'renamed.txt'],
  mkdir: [cli.path('Docs/new')],
  touch: [cli.path('Docs/new/touched.txt')],
  rm: [cli.path('Docs/file 1.txt'), '--yes'],
  restore: [cli.path('Docs/file 1.txt')],
  'audit export': [cli.path('audit.ndjson')],
  dedupe: ['--yes'],
  'tag add': ['Red,Draft', cli.path('Docs/same.txt'), '--create'],
  'tag remove': ['Draft', cli.path('Docs/same.txt')],
  'tag info': ['Red'],
  'tag create': ['Blue'],
  'tag update': ['Blue', '--color', '#0000ff'],
  'tag rename': ['Blue', 'Navy'],
  'tag link': ['Navy', 'Red'],
  'tag unlink': ['Navy', 'Red'],
  'tag merge': ['Draft', 'Red', '--yes'],
  'tag delete': ['Navy', '--yes'],
  'tag suggest': [cli.path('Docs/sub/photo.jpg')],
  'tag export': [cli.path('Docs/same.txt')],
  'tag import': [cli.path('Docs/same.txt')],
  fav: [cli.path('Docs/same.txt')],
  rate: ['5', cli.path('Docs/same.txt')],
  'meta get': [cli.path('Docs/same.txt')],
  'meta set': [cli.path('Docs/same.txt'), '--note', 'a note'],
  'collection create': ['Best'],
  'collection info': ['Best'],
  'collection add': ['Best', cli.path('Docs/same.txt'), cli.path('Docs/file 2.txt')],
  'collection remove': ['Best', cli.path('Docs/file 2.txt')],
  'collection reorder': ['Best', cli.path('Docs/same.txt'), '--start'],
  'collection update': ['Best', '--name', 'Better'],
  'collection delete': ['Better', '--yes'],
  'space create': ['Work'],
  'space update': ['Work', '--color', '#0000ff'],
  'space reorder': ['Work', '--start'],
  'space add': ['path', cli.path('Docs/sub'), '--space', 'Work'],
  'space move': ['sub', '--space', 'Work', '--start'],
  'space add-group': ['Mine', '--space', 'Work'],
  'space update-group': ['Mine', '--space', 'Work', '--fold', 'up'],
  'space delete-group': ['Mine', '--space', 'Work', '--yes'],
  'space remove': ['sub', '--space', 'Work'],
  'space delete': ['Work', '--yes'],
};
/** Told in files of their own: they need a passphrase, a running job, a disk, the HTTP port, a backup, an id, or do not end. */
const ELSEWHERE = [
  'library lock',
  'library unlock',
  'library restore',
  'library change-key',
  'job info',
  'job log',
  'job monitor',
  'job cancel',
  'job pause',
  'job resume',
  'job retry',
  'location accept',
  'volume info',
  'volume track',
  'volume untrack',
  'volume rename',
  'volume eject',
  'volume speed-test',
  'doctor',
  'url',
  'history info',
  'watch-events',
];
const AT_THE_END = ['restart', 'stop'];

test('with --json every command prints JSON and nothing else', async () => {
  cli.file('More/file.txt');
  const names = commands
    .map(({ name }) => name)
    .filter((name) => !ELSEWHERE.includes(name) && !AT_THE_END.includes(name));
  const order = [
    'location add',
    'library create',
    'library close',
    'library open',
    'library rename',
    'library delete',
    'location remove',
    'space create',
    'space add',
    'space move',
    'space remove',
  ];
  const last = ['space delete', 'dedupe'];
  const sorted = [...order, ...names.filter((name) => !order.includes(name) && !last.includes(name)), ...last];
  for (const name of [...sorted, ...AT_THE_END]) {
    const { stdout, stderr, exit } = await cli.run([
      ...name.split(' '),
      ...(LINES[name] ?? []),
      '--library',
      'My Library',
      '--json',
    ]);
    assert.ok(exit === 0 || (name === 'location check' && exit === 4), `sd ${name}: ${exit} ${stderr}`);
    const declared = await commands.find((entry) => entry.name === name)?.load();
    const values = stdout.trimEnd().split('\n');
    assert.ok(declared?.streams || values.length === 1, `sd ${name} prints ${values.length} values`);
    for (const value of values) assert.doesNotThrow(() => JSON.parse(value) as unknown, `sd ${name}: ${value}`);
    assert.equal(stderr, '', `sd ${name}`);
  }
});

test('what is piped has no colours, unless they are asked for', async () => {
  for (const line of [
    ['ls', cli.path('Docs')],
    ['find', 'photo'],
    ['stats'],
    ['status'],
    ['help', 'find'],
    ['tree', cli.path('Docs')],
  ]) {
    const plain = await cli.run(line);
    assert.doesNotMatch(plain.stdout + plain.stderr, /\u001b/, line.join(' '));
    const forced = await cli.run(line, { environment: { FORCE_COLOR: '1' } });
    assert.match(forced.stdout, /\u001b\[/, line.join(' '));
    const refused = await cli.run([...line, '--no-color'], { environment: { FORCE_COLOR: '1' } });
    assert.doesNotMatch(refused.stdout, /\u001b/, line.join(' '));
  }
});

test('--quiet leaves results and errors', async () => {
  const quiet = await cli.run(['location', 'rescan', 'Docs', '--quiet']);
  assert.deepEqual([quiet.exit, quiet.stderr], [0, '']);
  const wrong = await cli.run(['location', 'info', 'Dcs', '--quiet']);
  assert.equal(wrong.exit, 3);
  assert.match(wrong.stderr, /^✗ no location is called "Dcs"/);
});

test('progress and remarks never go to standard output', async () => {
  const { stdout, stderr } = await cli.run(['find', 'there is no such file']);
  assert.deepEqual([stdout, stderr], ['', 'nothing found\n']);
});

test('whoever stops reading early is no error', async () => {
  for (const line of ['ls Docs', 'find file -p', 'help', 'rpc rpc.discover']) {
    const shell = new Running(
      cli.spawn('/bin/sh', ['-c', `"$SD" ${line} | head -n 1; exit 0`], {
        environment: { SD: new URL('../../../bin/sd', import.meta.url).pathname },
      }),
    );
    const { stdout, stderr } = await shell.ended;
    assert.equal(stderr, '', line);
    assert.ok(stdout.length > 0, line);
  }
});

test('pages follow one another without a seam, and --json says how to go on', async () => {
  const all = (await cli.ok('ls', cli.path('Docs'))).trimEnd().split('\n').slice(1);
  const there = readdirSync(cli.path('Docs')).length;
  assert.equal(all.length, there);
  const first = await cli.json<{ entries: { name: string }[]; next_cursor: string; total: number }>(
    'ls',
    cli.path('Docs'),
    '-n',
    '200',
  );
  const second = await cli.json<{ entries: { name: string }[]; next_cursor?: string }>(
    'ls',
    cli.path('Docs'),
    '-n',
    '200',
    '--cursor',
    first.next_cursor,
  );
  assert.deepEqual(
    [first.entries.length, second.entries.length, first.total, second.next_cursor],
    [200, there - 200, there, undefined],
  );
  assert.equal(new Set([...first.entries, ...second.entries].map(({ name }) => name)).size, there);
});
