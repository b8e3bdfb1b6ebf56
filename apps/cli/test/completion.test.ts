import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { Cli } from './cli.ts';

const cli = new Cli();
after(() => cli.close());
before(async () => {
  cli.file('My Pictures/a.jpg');
  await cli.ok('setup', cli.path('My Pictures'));
});

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

/** What bash offers for the last word of a line. */
async function offered(line: string): Promise<string[]> {
  const words = line.split(' ');
  const script = `sd() { "${new URL('../../../bin/sd', import.meta.url).pathname}" "$@"; }
eval "$(sd completion bash)"
COMP_LINE=${JSON.stringify(line)}; COMP_POINT=\${#COMP_LINE}
COMP_WORDS=(${words.map((word) => JSON.stringify(word)).join(' ')}); COMP_CWORD=${words.length - 1}
_sd; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const child = cli.spawn('bash', ['--norc', '-c', script]);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  await new Promise((resolve) => child.once('close', resolve));
  return output.split('\n').filter((word) => word !== '');
}

test('bash is offered commands, options, words, folders and names', { skip: !has('bash') }, async () => {
  assert.deepEqual(await offered('sd st'), ['start', 'stats', 'status', 'stop']);
  assert.deepEqual(await offered('sd location re'), ['rescan', 'remove']);
  assert.deepEqual(await offered('sd find --kin'), ['--kind']);
  assert.deepEqual(await offered('sd find --kind vi'), ['video']);
  assert.deepEqual(await offered('sd find --kind=vi'), ['video']);
  assert.deepEqual(await offered('sd ls --sort m'), ['modified']);
  assert.deepEqual(await offered('sd --json location inf'), ['info']);
  assert.deepEqual(await offered('sd location info My'), ['My\\ Pictures']);
  assert.deepEqual(await offered('sd ls My'), ['My Pictures']);
  assert.deepEqual(await offered('sd rpc query:core.s'), ['core.status']);
  assert.deepEqual(await offered('sd completion f'), ['fish']);
});

test('a key press starts no daemon', async () => {
  await cli.ok('stop');
  assert.equal(await cli.ok('completion', '--values', 'location'), '');
  assert.equal((await cli.run(['status'])).exit, 5);
});

for (const shell of ['bash', 'zsh', 'fish']) {
  test(`the script for ${shell} is one that ${shell} reads`, { skip: !has(shell) }, async () => {
    const script = await cli.ok('completion', shell);
    const { status, stderr } = spawnSync(shell, ['-n'], { input: script, encoding: 'utf8' });
    assert.deepEqual([status, stderr], [0, '']);
  });
}
