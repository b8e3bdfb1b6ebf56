import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Cli } from './cli.ts';

const cli = new Cli();
after(() => cli.close());

before(async () => {
  for (const name of ['one.jpg', 'two.jpg', 'notes.txt']) cli.file(`Here/${name}`, `of ${name}`);
  await cli.ok('setup', cli.path('Here'));
});

const here = (name: string): string => cli.path(`Here/${name}`);

test('a tag that does not exist is made only when told; then it shows in info', async () => {
  const refused = await cli.run(['tag', 'add', 'Holiday', here('one.jpg')]);
  assert.equal(refused.exit, 3);
  assert.match(refused.stderr, /there is no tag "Holiday"[^]*--create/);
  const { exit, stderr } = await cli.run([
    'tag',
    'add',
    'Holiday,work/Beach',
    here('one.jpg'),
    here('two.jpg'),
    '--create',
  ]);
  assert.equal(exit, 0, stderr);
  assert.match(stderr, /tagged 2 files/);
  assert.match(await cli.ok('info', here('one.jpg')), /Tags +work\/Beach, Holiday/);
  assert.match(await cli.ok('tag', 'list'), /Holiday +2/);
  assert.match(await cli.ok('ls', cli.path('Here')), /Tags\n[^]*one\.jpg +Beach, Holiday/);
  assert.match(await cli.ok('find', 'one'), /one\.jpg +Beach, Holiday/);
});

test('favorites, stars and notes; of a search, with one undo', async () => {
  await cli.ok('fav', here('one.jpg'));
  await cli.ok('rate', '4', '--find', 'type:image');
  await cli.ok('meta', 'set', here('one.jpg'), '--note', 'sunny', '--field', 'Partner=Ada', '--field', 'Pages=12');
  const said = await cli.ok('meta', 'get', here('one.jpg'));
  for (const line of [/Favorite +yes {2}\(every copy\)/, /Rating +★★★★☆/, /Note +sunny/, /Partner +Ada/, /Pages +12/])
    assert.match(said, line);
  assert.match(await cli.ok('info', here('two.jpg')), /Rating +★★★★☆/);
  const { exit } = await cli.run(['rate', '6', here('one.jpg')]);
  assert.equal(exit, 2);
});

test('tags are linked, renamed, merged and deleted', async () => {
  await cli.ok('tag', 'create', 'Trips', '--color', '#FFAA00');
  await cli.ok('tag', 'link', 'Holiday', 'Trips');
  assert.match(await cli.ok('tag', 'info', 'Trips'), /Above +Holiday/);
  const cycle = await cli.run(['tag', 'link', 'Trips', 'Holiday']);
  assert.equal(cycle.exit, 4);
  await cli.ok('tag', 'rename', 'Beach', 'work/Seaside', '--keep-alias');
  assert.match(await cli.ok('tag', 'merge', 'Seaside', 'Holiday', '--dry-run'), /2 have it/);
  await cli.ok('tag', 'merge', 'Beach', 'Holiday', '--yes');
  assert.match(await cli.ok('tag', 'info', 'seaside'), /Also called +Seaside, Beach/);
  const { stderr } = await cli.run(['tag', 'delete', 'Trips', '--yes']);
  assert.match(stderr, /1 tag deleted/);
});

test('what is hidden is listed only when asked for', async () => {
  await cli.ok('meta', 'set', here('notes.txt'), '--hide');
  assert.doesNotMatch(await cli.ok('ls', cli.path('Here')), /notes/);
  assert.match(await cli.ok('ls', cli.path('Here'), '--private'), /notes/);
  const { stderr } = await cli.run(['export', cli.path('some.csv')]);
  assert.match(stderr, /1 private, with --private/);
  assert.doesNotMatch(readFileSync(cli.path('some.csv'), 'utf8'), /notes/);
  await cli.ok('export', cli.path('all.csv'), '--private');
  assert.match(readFileSync(cli.path('all.csv'), 'utf8'), /notes/);
});

test('tags go to sidecars and come back', async () => {
  const { stderr } = await cli.run(['tag', 'export', '--find', 'type:image', '--to', 'xmp']);
  assert.match(stderr, /wrote tags, ratings and notes of 2 files; sd undo does not take this back/);
  assert.ok(existsSync(here('one.jpg.xmp')));
  await cli.ok('tag', 'remove', 'Holiday', here('one.jpg'), here('two.jpg'));
  const back = await cli.run(['tag', 'import', here('one.jpg')]);
  assert.match(back.stderr, /took over what was written of 1 file: 1 tag given/);
});
