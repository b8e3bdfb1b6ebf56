import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { documentedTables } from './documentation.ts';

const FILE = new URL('../../../../docs/rpc.md', import.meta.url);

for (const [name, table] of Object.entries(documentedTables())) {
  test(`docs/rpc.md shows the ${name} as they are (SD_UPDATE_DOCS=1 rewrites it)`, () => {
    const text = readFileSync(FILE, 'utf8');
    const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- /${name} -->)`);
    assert.match(text, place);
    const current = text.replace(place, (_, begin: string, end: string) => begin + table + end);
    if (process.env['SD_UPDATE_DOCS']) writeFileSync(FILE, current);
    else assert.equal(text, current);
  });
}
