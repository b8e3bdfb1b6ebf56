import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Cli } from './cli.ts';

const cli = new Cli();
after(() => cli.close());
before(async () => {
  cli.file('Docs/letter.txt');
  await cli.ok('setup', '-L', 'Photos', cli.path('Docs'));
});

const state = async (name: string): Promise<string | undefined> => {
  const { libraries } = await cli.json<{ libraries: { name: string; state: string }[] }>('library', 'list');
  return libraries.find((one) => one.name === name)?.state;
};

test('a passphrase comes from the environment or a pipe, and locks and unlocks', async () => {
  const made = await cli.run(['library', 'create', 'Secret', '--passphrase'], { input: 'correct horse\n' });
  assert.equal(made.exit, 0, made.stderr);
  assert.match(made.stderr, /it opens with a passphrase/);
  await cli.ok('library', 'lock', 'Secret');
  assert.equal(await state('Secret'), 'locked');
  const used = await cli.run(['find', 'x', '-L', 'Secret']);
  assert.equal(used.exit, 4);
  assert.match(used.stderr, /locked/);
  const wrong = await cli.run(['library', 'unlock', 'Secret'], { input: 'battery staple\n' });
  assert.equal(wrong.exit, 4);
  assert.match(wrong.stderr, /the passphrase does not fit/);
  const none = await cli.run(['library', 'unlock', 'Secret']);
  assert.equal(none.exit, 2);
  assert.match(none.stderr, /a passphrase is needed\n {2}→ set SD_PASSPHRASE/);
  const right = await cli.run(['library', 'unlock', 'Secret'], { environment: { SD_PASSPHRASE: 'correct horse' } });
  assert.equal(right.exit, 0, right.stderr);
  assert.equal(await state('Secret'), 'open');
});

test('a passphrase is changed and dropped, the old one before the new one', async () => {
  const changed = await cli.run(['library', 'change-key', 'Secret', '--passphrase'], {
    input: 'correct horse\nnew horse\n',
  });
  assert.equal(changed.exit, 0, changed.stderr);
  await cli.ok('library', 'lock', 'Secret');
  assert.equal((await cli.run(['library', 'open', 'Secret'], { input: 'correct horse\n' })).exit, 4);
  assert.equal((await cli.run(['library', 'open', 'Secret'], { input: 'new horse\n' })).exit, 0);
  const environment = { SD_PASSPHRASE: 'new horse' };
  assert.equal((await cli.run(['library', 'change-key', 'Secret', '--remove-passphrase'], { environment })).exit, 0);
  assert.equal((await cli.run(['library', 'lock', 'Secret'])).exit, 4);
});

test('no passphrase can be given on the command line', async () => {
  const { exit, stderr } = await cli.run(['library', 'unlock', 'Secret', '--passphrase', 'x']);
  assert.equal(exit, 2);
  assert.match(stderr, /no option --passphrase/);
});

test('where several are open, the library is named', async () => {
  const { exit, stderr } = await cli.run(['find', 'letter']);
  assert.equal(exit, 2);
  assert.match(stderr, /which one/);
  assert.match(await cli.ok('find', 'letter', '-L', 'photos'), /letter\.txt/);
  const unknown = await cli.run(['find', 'letter', '-L', 'Potos']);
  assert.equal(unknown.exit, 3);
  assert.match(unknown.stderr, /Photos/);
});

test('deleting asks for the name, and moves to the trash', async () => {
  const refused = await cli.run(['library', 'delete', 'Secret']);
  assert.equal(refused.exit, 4);
  assert.match(refused.stderr, /this needs a yes: .*Secret.*\n {2}→ .*--dry-run.*--yes or --confirm Secret/);
  const json = await cli.run(['library', 'delete', 'Secret', '--json']);
  assert.equal((JSON.parse(json.stderr) as { error: { code: string } }).error.code, 'CONFIRMATION_NEEDED');
  const wrong = await cli.run(['library', 'delete', 'Secret', '--confirm', 'Photos']);
  assert.deepEqual([wrong.exit, await state('Secret')], [4, 'open']);
  const planned = await cli.ok('library', 'delete', 'Secret', '--dry-run');
  assert.match(planned, /move to trash \S+Secret\.sdlibrary/);
  assert.equal(await state('Secret'), 'open');
  const { trashed } = JSON.parse((await cli.ok('library', 'delete', 'Secret', '--confirm', 'Secret', '--json')).trim())
    .result as { trashed: string };
  assert.equal(await state('Secret'), undefined);
  assert.ok(existsSync(trashed) || !existsSync(`${cli.dataFolder}/libraries/Secret.sdlibrary`));
});

test('a backup is restored beside, and in the place of, the library', async () => {
  const backup = (await cli.ok('library', 'backup', 'Photos', '--to', cli.root)).trim();
  assert.ok(
    readdirSync(cli.root).some((name) => backup.endsWith(name)),
    backup,
  );
  await cli.ok('location', 'remove', 'Docs', '--yes');
  assert.equal((await cli.json<{ total: { count: number } }>('find', 'letter')).total.count, 0);
  const refused = await cli.run(['library', 'restore', backup, '--replace', 'Photos']);
  assert.equal(refused.exit, 4);
  await cli.ok('library', 'restore', backup, '--replace', 'Photos', '--yes');
  assert.equal((await cli.json<{ total: { count: number } }>('find', 'letter')).total.count, 1);
  assert.match(await cli.ok('library', 'verify'), /✓ /);
});

test('removing a location says what goes, and touches no file', async () => {
  const plan = await cli.ok('location', 'remove', 'Docs', '--dry-run');
  assert.match(plan, /Forget "Docs".*1 files? leave/);
  const refused = await cli.run(['location', 'remove', 'Docs']);
  assert.equal(refused.exit, 4);
  await cli.ok('location', 'remove', 'Docs', '--yes');
  assert.ok(existsSync(cli.path('Docs/letter.txt')));
});
