import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { ERRORS } from '../errors.ts';
import { paramsOf } from './json-schema.ts';
import { rpcMethods } from './methods.ts';
import { LIMITS } from './protocol.ts';

const FILE = new URL('../../../../docs/rpc.md', import.meta.url);

const TABLES = {
  errors: table(
    ['Code', 'Number', 'Meaning'],
    Object.entries(ERRORS).map(([code, [number, meaning]]) => [`\`${code}\``, String(number), meaning]),
  ),
  methods: table(
    ['Method', 'Parameters', 'What it does'],
    rpcMethods.map(({ name, summary, input }) => [`\`${name}\``, parameters(input), summary]),
  ),
  limits: table(
    ['Limit', 'Value'],
    Object.entries(LIMITS).map(([name, value]) => [`\`${name}\``, String(value)]),
  ),
};

for (const [name, rows] of Object.entries(TABLES)) {
  test(`docs/rpc.md shows the ${name} as they are (SD_UPDATE_DOCS=1 rewrites it)`, () => {
    const text = readFileSync(FILE, 'utf8');
    const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    assert.match(text, place);
    const current = text.replace(place, (_, begin: string, end: string) => `${begin}\n${rows}\n\n${end}`);
    if (process.env['SD_UPDATE_DOCS']) writeFileSync(FILE, current);
    else assert.equal(text, current);
  });
}

function parameters(input: (typeof rpcMethods)[number]['input']): string {
  return paramsOf(input)
    .map(({ name, required }) => `\`${name}${required ? '' : '?'}\``)
    .join(' ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
