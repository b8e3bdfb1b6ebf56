import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { Cli, Running } from './cli.ts';

const cli = new Cli();
after(() => cli.close());
before(async () => {
  for (let n = 0; n < 50; n += 1) cli.file(`Docs/a folder with a rather long name/file number ${n}.txt`);
  await cli.ok('start');
});

const SD = new URL('../../../bin/sd', import.meta.url).pathname;
// util-linux; other systems have another `script`, or none.
const skip = process.platform !== 'linux' || spawnSync('script', ['--version']).status !== 0;

/** A command in a terminal of its own, 60 columns wide. */
function inTerminal(line: string): Running {
  const command = `stty cols 60 rows 40 2>/dev/null; "$SD" ${line}`;
  return new Running(cli.spawn('script', ['-qec', command, '/dev/null'], { environment: { SD, TERM: 'xterm' } }));
}

const type = (running: Running, text: string): void => void running.process.stdin?.write(text);
const plain = (text: string): string => text.replaceAll(/\u001b\[[0-9;]*[A-Za-z]/g, '').replaceAll('\r', '');

test('progress moves in one line, and what is over stays', { skip }, async () => {
  const { exit, stdout } = await inTerminal(`setup "${cli.path('Docs')}"`).ended;
  assert.equal(exit, 0, stdout);
  assert.match(plain(stdout), /✓ Read contents\n\n✓ Docs {2}50 files, 1 folder/);
  assert.match(stdout, /\u001b\[K/);
});

test('tables have colours and fit the terminal', { skip }, async () => {
  const { stdout } = await inTerminal('find number --limit 5').ended;
  assert.match(stdout, /\u001b\[/);
  for (const line of plain(stdout)
    .split('\n')
    .filter((one) => one.includes('file'))) {
    assert.ok(line.length <= 60, line);
    assert.match(line, /…/);
    assert.match(line, /\d\.txt$/);
  }
  assert.match(plain(stdout), /50 found, 5 shown; -n N shows more/);
});

test('what cannot be taken back asks, and only a yes is one', { skip }, async () => {
  const no = inTerminal('location remove Docs');
  await no.prints(/Go on\?/);
  assert.match(plain(no.stdout), /Forget "Docs".*\n {2}forget /);
  assert.match(plain(no.stdout), /those given to one file alone,[^]*are forgotten/);
  type(no, '\r');
  assert.equal((await no.ended).exit, 4);
  const stopped = inTerminal('location remove Docs');
  await stopped.prints(/Go on\?/);
  type(stopped, '\u0003');
  assert.equal((await stopped.ended).exit, 130);
  const yes = inTerminal('location remove Docs');
  await yes.prints(/Go on\?/);
  type(yes, 'y\r');
  const { exit, stdout } = await yes.ended;
  assert.equal(exit, 0, stdout);
  assert.match(plain(stdout), /✓ "Docs" is no longer indexed/);
});

test('a passphrase is typed unseen, and twice when it is new', { skip }, async () => {
  const typed = inTerminal('library create Secret --passphrase');
  await typed.prints(/Passphrase for "Secret": /);
  type(typed, 'correc\u007fct horse\r');
  await typed.prints(/Once more: /);
  type(typed, 'correct horse\r');
  const { exit, stdout } = await typed.ended;
  assert.equal(exit, 0, stdout);
  assert.doesNotMatch(stdout, /horse/);
  await cli.ok('library', 'lock', 'Secret');
  assert.equal((await cli.run(['library', 'unlock', 'Secret'], { input: 'correct horse\n' })).exit, 0);
});
