import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { STATES } from './choices.ts';
import { KEYS, KEY_FACTS } from './keys.ts';
import { parseQuery } from './parse.ts';
import { AGO_UNITS, NAMED_PERIODS } from './query.ts';

const page = readFileSync(new URL('../../../../../docs/search.md', import.meta.url), 'utf8');
/** What stands between backticks. */
const code = [...page.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);

test('every example of the page is understood', () => {
  const examples = code.filter(
    (text) => /[a-z]:[^ ]|["(-]/.test(text) && !text.startsWith('sd ') && !/[{}]|^--/.test(text),
  );
  assert.ok(examples.length > 60, `${examples.length}`);
  for (const text of examples) {
    const parsed = parseQuery(text);
    assert.ok(parsed.ok, parsed.ok ? '' : `${text}: ${parsed.problem.message}`);
  }
});

test('every key, its other words, every state and every unit are on the page', () => {
  for (const key of KEYS)
    assert.ok(
      code.some((text) => text === key || text.startsWith(`${key}:`)),
      key,
    );
  for (const state of STATES) assert.ok(code.includes(`is:${state}`), state);
  for (const unit of AGO_UNITS) assert.match(page, new RegExp(`\\b${unit}\\b`));
  for (const period of NAMED_PERIODS)
    assert.match(page, new RegExp(period.replace(/^last-year|^this-(month|year)$/, 'year')));
});

test('what the keys expect to follow them can follow them', () => {
  for (const key of KEYS) {
    const { expects } = KEY_FACTS[key];
    const [, examples = ''] = / like (.*)$/.exec(expects) ?? [];
    for (const value of examples.split(/, (?=\S)| or /).filter((text) => text !== ''))
      assert.ok(parseQuery(`${key}:${value}`).ok, `${key}:${value}`);
  }
});
