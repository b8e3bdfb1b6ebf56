import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colorsIf } from './colors.ts';
import type { Output } from './output.ts';
import { printSnippets } from './snippets.ts';

async function printed(coloured: boolean): Promise<string[]> {
  const lines: string[] = [];
  const out = { colors: colorsIf(coloured), print: async (...more: string[]) => void lines.push(...more) };
  const entry = { native_path: '/d/a.txt' } as Parameters<ReturnType<typeof printSnippets>>[0][number];
  const segments = [
    { text: 'the ', match: false },
    { text: 'tax', match: true },
    { text: ' \u001b[31mlaw\u202e', match: false },
  ];
  await printSnippets(out as unknown as Output)([
    { ...entry, snippet: { segments, cut_start: true, cut_end: false } },
    { ...entry, native_path: '/d/tax' },
  ]);
  return lines;
}

test('words are marked where there are colours, and nothing in a text reaches the terminal as more than text', async () => {
  assert.deepEqual(await printed(false), ['/d/a.txt', '  …the tax \\x1b[31mlaw\\u{202e}', '/d/tax']);
  assert.equal((await printed(true))[1], '  …the \u001b[1m\u001b[33mtax\u001b[39m\u001b[22m \\x1b[31mlaw\\u{202e}');
});
