import assert from 'node:assert/strict';
import { renameSync, rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Cli } from './cli.ts';

const cli = new Cli();
after(() => cli.close());
before(() => {
  for (let n = 0; n < 20; n += 1) cli.file(`Pictures/2024/holiday ${n}.jpg`, `picture ${n} ${'x'.repeat(1000)}`);
  cli.file('Pictures/copy of holiday.jpg', `picture 3 ${'x'.repeat(1000)}`);
  cli.file('Pictures/notes.txt', 'some notes');
});

test('the first run starts, makes a library, indexes, and says what is there and what to do next', async () => {
  const { exit, stdout, stderr } = await cli.run(['setup', cli.path('Pictures')]);
  assert.equal(exit, 0, stderr);
  assert.match(stderr, /Starting the daemon…\n✓ The daemon is started\n✓ Library "My Library" is made, encrypted/);
  assert.match(stdout, /✓ Pictures {2}22 files, 1 folder, 21\.\d kB in /);
  assert.match(stdout, /Duplicates {2}2 files in 1 group look the same; removing copies would free up to 1\.0 kB/);
  assert.match(stdout, /image +21 +21\.\d kB +100 %/);
  assert.match(
    stdout,
    /Next\n {2}sd find WORD .*\n {2}sd find -k image -s size .*\n {2}sd du \S+Pictures .*\n {2}sd dup /,
  );
  assert.doesNotMatch(stdout, /Since/);
});

test('what was indexed is found at once', async () => {
  assert.match(await cli.ok('find', 'holi', '3'), /Pictures\/2024\/holiday 3\.jpg/);
});

test('the second run says what has changed since', async () => {
  cli.file('Pictures/2024/new.jpg');
  cli.file('Pictures/notes.txt', 'other notes, and more of them');
  rmSync(cli.path('Pictures/2024/holiday 7.jpg'));
  renameSync(cli.path('Pictures/2024/holiday 8.jpg'), cli.path('Pictures/renamed.jpg'));
  const stdout = await cli.ok('setup', cli.path('Pictures'));
  assert.match(stdout, /Since \d{4}-\d\d-\d\d \d\d:\d\d \(just now\): 1 new, \d changed, 1 moved, 1 gone\n/);
  assert.match(await cli.ok('setup', cli.path('Pictures')), /Since .*: nothing\n/);
});

test('a folder in one that is known is seen to with it; one around it is refused with a way out', async () => {
  const { exit, stdout } = await cli.run(['setup', cli.path('Pictures/2024')]);
  assert.equal(exit, 0);
  assert.match(stdout, /✓ Pictures .*\n {2}Since/);
  const around = await cli.run(['setup', cli.root]);
  assert.equal(around.exit, 4);
  assert.match(around.stderr, /contains the location "Pictures"/);
  assert.match(around.stderr, /→ .*sd location remove/);
});

test('without a folder it shows how things are and what to do next', async () => {
  const stdout = await cli.ok('setup');
  assert.match(stdout, /● The daemon runs/);
  assert.match(stdout, /My Library: open, 1 location\n/);
  assert.match(stdout, /Next\n[^]*sd find WORD/);
});

test('through npm, the commands it names are those that work there', async () => {
  const { stdout } = await cli.run(['setup'], { environment: { npm_lifecycle_event: 'start' } });
  assert.match(stdout, / {2}npx sd find WORD/);
});

test('a relative folder is meant from where the user stands', async () => {
  cli.file('Music/song.mp3');
  const { exit, stdout } = await cli.run(['setup', 'Music'], { cwd: cli.root });
  assert.equal(exit, 0);
  assert.match(stdout, /✓ Music/);
});

test('a folder that is not there is refused before anything is made', async () => {
  const { exit, stderr } = await cli.run(['setup', cli.path('nowhere')]);
  assert.equal(exit, 3);
  assert.match(stderr, /✗ .*nowhere does not exist\n {2}→ /);
});

test('a folder that is known and away is offline, not unknown, and nothing of it is forgotten', async () => {
  renameSync(cli.path('Music'), cli.path('away'));
  const { exit, stderr } = await cli.run(['setup', cli.path('Music')]);
  assert.equal(exit, 1);
  assert.match(stderr, /Music is not there now; what the index knows of it stays/);
  assert.match(await cli.ok('location', 'list'), /Music +offline +1 /);
  assert.match(await cli.ok('find', 'song'), /song\.mp3/);
});

test('its plan can be read without anything being done', async () => {
  cli.file('Videos/film.mp4');
  const { exit, stdout } = await cli.run(['setup', '--dry-run', cli.path('Videos')]);
  assert.equal(exit, 0);
  assert.match(stdout, /Index .*Videos in the library "My Library"/);
  assert.doesNotMatch(await cli.ok('location', 'list'), /Videos/);
});
