import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sections } from '../src/commands/index.ts';
import { EXIT } from '../src/errors.ts';

const DOCS = new URL('../../../docs/cli.md', import.meta.url);
const text = readFileSync(DOCS, 'utf8');

/** What stands between two markers; what should is in the message when they differ. */
function section(name: string): string {
  return new RegExp(`<!-- ${name} -->\n([^]*?)<!-- /${name} -->`).exec(text)?.[1] ?? 'no such section';
}

test('docs/cli.md lists the commands there are', () => {
  const tables = sections.map(({ heading, commands }) => {
    const rows = commands.map(({ name, summary }) => `| \`sd ${name}\` | ${summary} |`);
    return [`| ${heading} | |`, '| --- | --- |', ...rows].join('\n');
  });
  assert.equal(section('commands'), `\n${tables.join('\n\n')}\n\n`);
});

test('docs/cli.md lists the exit codes there are', () => {
  const rows = Object.values(EXIT).map(([code, meaning]) => `| ${code} | ${meaning} |`);
  assert.equal(section('exit-codes'), `\n${['| Code | Meaning |', '| --- | --- |', ...rows].join('\n')}\n\n`);
});
