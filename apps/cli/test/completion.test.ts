import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { Cli } from './cli.ts';

const cli = new Cli();
after(() => cli.close());
before(async () => {
  cli.file('My Pictures/a.jpg');
  await cli.ok('setup', cli.path('My Pictures'));
  for (const tag of ['Holiday', 'Big trip', "it's mine", 'say "hi"', 'cash$5']) await cli.ok('tag', 'create', tag);
});

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

/** What bash offers for the last word of each line. */
async function offered(lines: readonly string[]): Promise<string[][]> {
  const script = `sd() { "${new URL('../../../bin/sd', import.meta.url).pathname}" "$@"; }
eval "$(sd completion bash)"
COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
for COMP_LINE; do
  COMP_POINT=\${#COMP_LINE} COMPREPLY=()
  _sd; printf '%s\\n' "\${COMPREPLY[@]}" --
done`;
  const child = cli.spawn('bash', ['--norc', '-c', script, 'bash', ...lines]);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  await new Promise((resolve) => child.once('close', resolve));
  return output
    .split('--\n')
    .slice(0, lines.length)
    .map((words) => words.split('\n').filter((word) => word !== ''));
}
async function assertOffers(expected: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const lines = Object.keys(expected);
  const offers = await offered(lines);
  assert.deepEqual(Object.fromEntries(lines.map((line, at) => [line, offers[at]])), expected);
}

test('bash is offered commands, options, words, folders and names', { skip: !has('bash') }, async () => {
  await assertOffers({
    'sd st': ['start', 'stats', 'status', 'stop'],
    'sd location re': ['rescan', 'remove'],
    'sd find --kin': ['--kind'],
    'sd find --kind vi': ['video'],
    'sd find --kind=vi': ['video'],
    'sd ls --sort m': ['modified'],
    'sd --json location inf': ['info'],
    'sd location info My': ['My\\ Pictures'],
    'sd location info "My': ['My Pictures'],
    'sd ls My': ['My Pictures'],
    'sd rpc query:core.s': ['core.status'],
    'sd completion f': ['fish'],
  });
});

/** Beside what bash replaces, which begins behind the last break or the quote that is open. */
test('bash completes a query as it must stand within its quotes, or without any', { skip: !has('bash') }, async () => {
  await assertOffers({
    'sd find ta': ['tag:', 'taken:'],
    'sd find hol': [],
    'sd find tag:HOL': ['Holiday'],
    'sd find tag:big': ['\\"Big\\ trip\\"'],
    "sd find 'type:image tag:big": ['type:image tag:"Big trip"'],
    'sd find -k image "tag:say': [String.raw`tag:\"say \\\"hi\\\"\"`],
    'sd find "tag:cas': [String.raw`tag:cash\$5`],
    [`sd find 'tag:"it`]: [String.raw`tag:"it'\''s mine"`],
    [`sd find "tag:it's`]: [String.raw`tag:\"it's mine\"`],
    // What bash leaves alone is no beginning of it.
    [String.raw`sd find 'tag:it'\''s`]: [],
    [String.raw`sd find size:\>10`]: [String.raw`\>10mb`, String.raw`\>100mb`],
    'sd find -- ta': [],
    "sd collection create All --query 'is:dup": ['is:duplicate'],
    'sd collection create All --query=is:dup': ['duplicate'],
    "sd tag add Holiday --find 'not": ['note:', 'note:…'],
  });
});

test('fish completes a query', { skip: !has('fish') }, async () => {
  const sd = new URL('../../../bin/sd', import.meta.url).pathname;
  const offers = async (line: string): Promise<string> => {
    const script = `function sd; ${sd} $argv; end; sd completion fish | source; complete -C $argv[1]`;
    const child = cli.spawn('fish', ['--no-config', '-c', script, line]);
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    await new Promise((resolve) => child.once('close', resolve));
    return output.trim();
  };
  assert.equal(await offers("sd find 'type:image tag:hol"), 'type:image tag:Holiday');
  assert.equal(await offers('sd find tag:cas'), 'tag:cash$5');
  assert.equal(await offers('sd find -- tag:cas'), '');
});

test('a key press starts no daemon', async () => {
  await cli.ok('stop');
  assert.equal(await cli.ok('completion', '--values', 'location'), '');
  assert.equal((await cli.run(['status'])).exit, 5);
});

for (const shell of ['bash', 'zsh', 'fish']) {
  test(`the script for ${shell} is one that ${shell} reads`, { skip: !has(shell) }, async () => {
    const script = cli.file(`completion.${shell}`, await cli.ok('completion', shell));
    const { status, stderr } = spawnSync(shell, ['-n', script], { encoding: 'utf8' });
    assert.deepEqual([status, stderr], [0, '']);
  });
}
