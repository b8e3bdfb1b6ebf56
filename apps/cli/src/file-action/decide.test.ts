import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sd } from '../sd.ts';
import type { Conflict, Plan } from '../wire.ts';
import { type ConflictAnswer, decide } from './decide.ts';

const FILE = ['skip', 'replace', 'keep_both', 'newer', 'larger'];
const conflict = (id: string, choices = FILE): Conflict => ({ id, about: id, choices, default: choices[0] ?? '' });
const plan = (...conflicts: Conflict[]): Plan =>
  ({ plan_id: 'p', conflicts, steps: [], warnings: [], summary: '', totals: { conflicts: conflicts.length } }) as never;
// No page is asked for: all conflicts are with the plan.
const sd = {} as Sd;

/** Answers in this order, and which conflicts were asked about. */
function answering(...answers: [choice: string, forAll: boolean][]) {
  const asked: string[] = [];
  const ask = async ({ id }: Conflict): Promise<ConflictAnswer> => {
    asked.push(id);
    const [choice, forAll] = answers.shift() ?? ['skip', false];
    return { choice, forAll };
  };
  return { asked, ask };
}

test('each is decided by its number, until one answer is for all that are left', async () => {
  const { asked, ask } = answering(['replace', false], ['newer', true]);
  const decisions = await decide(sd, plan(conflict('1'), conflict('2'), conflict('3'), conflict('4')), undefined, ask);
  assert.deepEqual(decisions, { '1': 'replace', '*': 'newer' });
  assert.deepEqual(asked, ['1', '2']);
});

test('what is for all is asked again where it is not possible', async () => {
  const { asked, ask } = answering(['newer', true], ['keep_both', false]);
  const types = conflict('2', ['skip', 'replace', 'keep_both']);
  const decisions = await decide(sd, plan(conflict('1'), types, conflict('3')), undefined, ask);
  assert.deepEqual(decisions, { '*': 'newer', '2': 'keep_both' });
  assert.deepEqual(asked, ['1', '2']);
});

test('nobody is asked about folders that merge, or what was said beforehand', async () => {
  const { asked, ask } = answering(['skip', false]);
  const folder = conflict('1', ['merge', 'skip', 'replace', 'keep_both']);
  const twice = conflict('3', ['keep_both', 'skip']);
  assert.deepEqual(await decide(sd, plan(folder, conflict('2'), twice), ['larger'], ask), { '3': 'skip' });
  assert.deepEqual(asked, ['3']);
  assert.deepEqual(await decide(sd, plan(folder), undefined, ask), {});
});

test('of several policies each is for what those before cannot be; who is left is asked about', async () => {
  const { asked, ask } = answering(['replace', false]);
  const types = conflict('2', ['skip', 'replace', 'keep_both']);
  const odd = conflict('3', ['replace']);
  const decisions = await decide(sd, plan(conflict('1'), types, odd), ['newer', 'skip'], ask);
  assert.deepEqual(decisions, { '2': 'skip', '3': 'replace' });
  assert.deepEqual(asked, ['3']);
});
