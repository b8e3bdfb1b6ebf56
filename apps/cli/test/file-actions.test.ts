import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Cli, Running } from './cli.ts';

const cli = new Cli();
after(() => cli.close());
before(() => cli.ok('library', 'create', 'Test'));

const at = (path: string): string => cli.path(path);
const read = (path: string): string => readFileSync(at(path), 'utf8');

/** Two folders with files of the same names. */
function clash(name: string): { from: string; to: string } {
  for (const file of ['a.txt', 'b.txt', 'c.txt']) {
    cli.file(`${name}/from/${file}`, `new ${file}`);
    cli.file(`${name}/to/${file}`, `old ${file}, longer`);
  }
  return { from: at(`${name}/from`), to: at(`${name}/to`) };
}

test('files and folders are copied, and looked at again', async () => {
  cli.file('copy/Photos/2024/a.jpg', 'a');
  cli.file('copy/Photos/b.jpg', 'b');
  mkdirSync(at('copy/to'));
  const { exit, stdout, stderr } = await cli.run(['cp', '--verify', at('copy/Photos'), at('copy/to')]);
  assert.equal(exit, 0, stderr);
  assert.match(stderr, /✓ Copied "Photos" to .*copy\/to: 2 files/);
  assert.match(stdout, /✓ Looked again: .*files read whole and the same 2/);
  assert.equal(read('copy/to/Photos/2024/a.jpg'), 'a');
  assert.equal(statSync(at('copy/to/Photos/b.jpg')).mtimeMs, statSync(at('copy/Photos/b.jpg')).mtimeMs);
});

test('a plan is shown and nothing done; of a long one the beginning, or all', async () => {
  for (let n = 0; n < 30; n++) cli.file(`plan/many/${n}.txt`, String(n));
  const line = ['cp', '--dry-run', at('plan/many'), at('plan/copy')];
  const short = await cli.ok(...line);
  assert.match(short, /30 files · 1 folder/);
  assert.match(short, /… and 11 more steps; --dry-run --all-steps prints them all/);
  const long = await cli.ok(...line, '--all-steps');
  assert.equal(long.match(/^copy /gm)?.length, 30);
  const plan = await cli.json<{ plan_id: string; totals: { files: number } }>(...line);
  assert.equal(plan.totals.files, 30);
  assert.equal(existsSync(at('plan/copy')), false);
});

test('without a terminal nobody decides about what is there: it has to be said', async () => {
  const { from, to } = clash('undecided');
  const refused = await cli.run(['cp', `${from}/a.txt`, `${from}/b.txt`, to]);
  assert.equal(refused.exit, 4);
  assert.match(refused.stderr, /a\.txt is there already.*, and 1 more/);
  assert.match(refused.stderr, /→ say what to do: --on-conflict skip\|replace\|keep-both\|newer\|larger/);
  assert.equal(read('undecided/to/a.txt'), 'old a.txt, longer');
  await cli.ok('cp', '--on-conflict', 'keep-both', `${from}/a.txt`, to);
  await cli.ok('cp', '--on-conflict', 'larger', `${from}/b.txt`, to);
  await cli.ok('cp', '--on-conflict', 'replace', `${from}/c.txt`, to);
  assert.deepEqual(readdirSync(to).sort(), ['a 2.txt', 'a.txt', 'b.txt', 'c.txt']);
  assert.equal(read('undecided/to/b.txt'), 'old b.txt, longer');
  assert.equal(read('undecided/to/c.txt'), 'new c.txt');
  assert.match(await cli.ok('trash'), /undecided\/to\/c\.txt/);
});

test('what is moved, renamed and made is where it was said', async () => {
  cli.file('moves/a.txt', 'a');
  await cli.ok('mkdir', '-p', at('moves/deep/er'));
  assert.equal((await cli.run(['mkdir', at('moves/deep')])).exit, 4);
  await cli.ok('mv', at('moves/a.txt'), at('moves/deep/er'));
  await cli.ok('rename', at('moves/deep/er/a.txt'), 'b.txt');
  await cli.ok('mv', at('moves/deep/er'), at('moves/shallow'));
  assert.equal(read('moves/shallow/b.txt'), 'a');
  assert.equal((await cli.run(['mv', at('moves'), at('moves/deep')])).exit, 4);
  assert.equal((await cli.run(['mv', at('moves/none'), at('moves/deep')])).exit, 3);
  assert.equal((await cli.run(['mv', at('moves/deep')])).exit, 2);
});

test('a file is made where there is none, and gets a time where there is one', async () => {
  mkdirSync(at('touch'));
  await cli.ok('touch', at('touch/new.txt'));
  assert.equal(statSync(at('touch/new.txt')).size, 0);
  await cli.ok('touch', '--modified', '2024-07-14 10:00', at('touch/new.txt'));
  assert.equal(lstatSync(at('touch/new.txt')).mtimeMs, new Date('2024-07-14T10:00').getTime());
  const start = Date.now();
  await cli.ok('touch', at('touch/new.txt'));
  assert.ok(lstatSync(at('touch/new.txt')).mtimeMs >= start);
});

test('what goes to the trash comes back, by its path or by its id', async () => {
  cli.file('rm/a.txt', 'a');
  cli.file('rm/b.txt', 'b');
  await cli.ok('rm', at('rm/a.txt'), at('rm/b.txt'));
  assert.deepEqual(readdirSync(at('rm')), []);
  const { items } = await cli.json<{ items: { id: string; native_path: string; presence: string }[] }>('trash');
  const b = items.find(({ native_path }) => native_path === at('rm/b.txt'));
  assert.equal(b?.presence, 'there');
  await cli.ok('restore', at('rm/a.txt'));
  mkdirSync(at('rm/elsewhere'));
  await cli.ok('restore', '--to', at('rm/elsewhere'), b?.id ?? '');
  assert.deepEqual([read('rm/a.txt'), read('rm/elsewhere/b.txt')], ['a', 'b']);
  const again = await cli.run(['restore', at('rm/a.txt')]);
  assert.equal(again.exit, 3);
  assert.equal((await cli.run(['restore'])).exit, 2);
});

test('where a file meets a folder, no file is newer: it has a policy of its own', async () => {
  cli.file('clash/from/x/f', 'a folder here');
  cli.file('clash/from/y', 'new, and longer');
  cli.file('clash/to/from/x', 'a file there');
  cli.file('clash/to/from/y', 'old');
  const line = [at('clash/from'), at('clash/to')];
  const refused = await cli.run(['cp', '--on-conflict', 'larger', ...line]);
  assert.match(refused.stderr, /→ say what to do: --on-conflict larger,skip\|replace\|keep-both/);
  const { stderr } = await cli.run(['cp', '--on-conflict', 'larger,skip', ...line]);
  assert.match(stderr, /✓ Copied "from" to .*: \d of \d steps, .*\n {2}2 steps skipped\n/);
  assert.match(stderr, /from\/x\/f: the folder it lies in was left out\n/, 'what stayed behind is named');
  assert.equal(read('clash/to/from/x'), 'a file there');
  assert.equal(read('clash/to/from/y'), 'new, and longer');
});

test('a slash at the end of a target says that it is a folder: one that is not there is not made a file', async () => {
  cli.file('slash/a.txt', 'a');
  for (const command of ['cp', 'mv']) {
    const refused = await cli.run([command, at('slash/a.txt'), `${at('slash/none')}/`]);
    assert.equal(refused.exit, 3, refused.stderr);
    assert.match(refused.stderr, /there is no folder .*none\n {2}→ make it first: sd mkdir/);
  }
  assert.deepEqual(readdirSync(at('slash')), ['a.txt']);
  mkdirSync(at('slash/there'));
  await cli.ok('cp', at('slash/a.txt'), `${at('slash/there')}/`);
  assert.equal(read('slash/there/a.txt'), 'a');
});

test('for good only with a yes', async () => {
  cli.file('forever/a.txt', 'a');
  const refused = await cli.run(['rm', '--forever', at('forever/a.txt')]);
  assert.equal(refused.exit, 4);
  assert.match(refused.stderr, /→ look at the plan with --dry-run, then add --yes/);
  assert.equal(read('forever/a.txt'), 'a');
  await cli.ok('rm', '--forever', '--yes', at('forever/a.txt'));
  assert.equal(existsSync(at('forever/a.txt')), false);
});

test('with --json every answer of the daemon is a line', async () => {
  cli.file('json/a.txt', 'a');
  const lines = (await cli.ok('cp', '--json', '--verify', at('json/a.txt'), at('json/b.txt'))).trim().split('\n');
  const [started, ended, seen] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.ok(started?.['receipt']);
  assert.equal(ended?.['state'], 'completed');
  assert.equal(seen?.['ok'], true);
  const detached = await cli.run(['cp', '--no-wait', at('json/a.txt'), at('json/c.txt')]);
  assert.match(detached.stderr, /started: sd job info [0-9a-f-]{36}/);
});

const SD = new URL('../../../bin/sd', import.meta.url).pathname;
// util-linux; other systems have another `script`, or none.
const skip = process.platform !== 'linux' || spawnSync('script', ['--version']).status !== 0;

function inTerminal(line: string): Running {
  const command = `stty cols 80 rows 40 2>/dev/null; "$SD" ${line}`;
  return new Running(cli.spawn('script', ['-qec', command, '/dev/null'], { environment: { SD, TERM: 'xterm' } }));
}

test('on a terminal each conflict is asked about, until one answer is for all', { skip }, async () => {
  const { from, to } = clash('asked');
  const running = inTerminal(`cp "${from}/a.txt" "${from}/b.txt" "${from}/c.txt" "${to}"`);
  await running.prints(/1 of 3[^]*What to do\?/);
  running.process.stdin?.write('s\r');
  await running.prints(/2 of 3[^]*What to do\?/);
  running.process.stdin?.write('x\r');
  await running.prints(/2 of 3[^]*keep both, with a numbered name[^]*What to do\?/);
  running.process.stdin?.write('R\r');
  const { exit, stdout } = await running.ended;
  assert.equal(exit, 0, stdout);
  assert.doesNotMatch(stdout, /3 of 3/);
  assert.deepEqual(
    ['a.txt', 'b.txt', 'c.txt'].map((name) => read(`asked/to/${name}`)),
    ['old a.txt, longer', 'new b.txt', 'new c.txt'],
  );
});

test('who stops at a question has changed nothing', { skip }, async () => {
  const { from, to } = clash('stopped');
  for (const answer of ['q\r', '\u0003']) {
    const running = inTerminal(`cp "${from}/a.txt" "${to}"`);
    await running.prints(/What to do\?/);
    running.process.stdin?.write(answer);
    assert.equal((await running.ended).exit, 130);
  }
  assert.equal(read('stopped/to/a.txt'), 'old a.txt, longer');
  cli.file('stopped/gone.txt', 'x');
  const typed = inTerminal(`rm --forever "${at('stopped/gone.txt')}"`);
  await typed.prints(/Type .*delete.* to go on/);
  typed.process.stdin?.write('yes\r');
  assert.equal((await typed.ended).exit, 4);
  assert.ok(existsSync(at('stopped/gone.txt')));
  rmSync(at('stopped'), { recursive: true });
});
