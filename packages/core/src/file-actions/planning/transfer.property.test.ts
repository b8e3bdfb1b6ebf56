import assert from 'node:assert/strict';
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PlannerMount } from '../protocol.ts';
import { treeOf, writeTree } from '../../testing/file-world.ts';
import { type PlanningBench, plannerMount, planningBench } from '../../testing/planning-fixture.ts';
import { free, interpret } from '../../testing/step-interpreter.ts';

type Tree = { readonly [name: string]: Tree | string };
type Rule = 'skip' | 'replace' | 'keep_both' | 'newer' | 'larger';

// Few names, so that they meet; contents of other lengths, so that one is larger.
const names = fc.constantFrom('a', 'b', 'c.txt', 'D', 'é');
const bytes = fc.constantFrom('', '1', '22', '333');
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.dictionary(names, fc.oneof({ depthSize: 'small', maxDepth: 3 }, bytes, tie('tree')), { maxKeys: 4 }),
}));
const rules = fc.constantFrom<Rule>('skip', 'replace', 'keep_both', 'newer', 'larger');

function write(folder: string, node: Tree): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, child] of Object.entries(node)) {
    if (typeof child === 'string') writeTree(folder, { [name]: child });
    else write(join(folder, name), child);
  }
}

/** What `cp -a` and `mv` do, name by name, with the rule for what meets: written down once more, without a plan. */
function expected(source: string, target: string, rule: Rule, moving: boolean): void {
  const [from, to] = [lstatSync(source), lstatSync(target, { throwIfNoEntry: false })];
  if (to && from.isDirectory() && to.isDirectory()) {
    for (const name of readdirSync(source).sort()) expected(join(source, name), join(target, name), rule, moving);
    if (moving && readdirSync(source).length === 0) rmdirSync(source);
    return;
  }
  let at = target;
  if (to) {
    const folders = from.isDirectory() || to.isDirectory();
    if (rule === 'skip') return;
    // Newer and larger are for files; all of one moment here, so that nothing is newer.
    if (rule === 'newer' || (rule === 'larger' && (folders || from.size <= to.size))) return;
    if (rule === 'keep_both') at = free(target, from.isDirectory());
    else rmSync(target, { recursive: true });
  }
  if (moving) renameSync(source, at);
  else cpSync(source, at, { recursive: true });
}

/** Whether a file meets a folder anywhere: `newer` and `larger` are no choices there. */
function typesMeet(one: Tree, other: Tree): boolean {
  return Object.entries(one).some(([name, child]) => {
    const met = other[name];
    if (met === undefined) return false;
    if (typeof child === 'string' || typeof met === 'string') return typeof child !== typeof met;
    return typesMeet(child, met);
  });
}

for (const [way, apart] of [
  ['by renames', false],
  ['piece by piece', true],
] as const)
  for (const operation of ['copy', 'move'] as const)
    test(`the steps of a ${operation} ${way} are what cp and mv do, whatever the trees and the rule`, async (context) => {
      const bench = planningBench(context);
      await fc.assert(
        fc.asyncProperty(tree, tree, rules, async (source, target, rule) => {
          fc.pre(!((rule === 'newer' || rule === 'larger') && typesMeet({ s: source }, { s: target })));
          const folder = mkdtempSync(`${bench.folder}/x-`);
          for (const side of ['plan', 'model']) {
            write(`${folder}/${side}/s`, source);
            write(`${folder}/${side}/to/s`, target);
            age(`${folder}/${side}`);
          }
          bench.mounts = apart ? twoMounts(`${folder}/plan/to`) : [];
          await carryOut(bench, operation, `${folder}/plan`, rule);
          expected(`${folder}/model/s`, `${folder}/model/to/s`, rule, operation === 'move');
          assert.deepEqual(treeOf(`${folder}/plan`), treeOf(`${folder}/model`));
          rmSync(folder, { recursive: true });
        }),
        { numRuns: 60 },
      );
    });

async function carryOut(bench: PlanningBench, operation: 'copy' | 'move', folder: string, rule: Rule): Promise<void> {
  const { id } = await bench.plan({
    operation: `entries.${operation}`,
    sources: [`${folder}/s`],
    to: `${folder}/to`,
    on_conflict: rule,
  });
  await bench.commit(id);
  interpret(id, bench.actions, {}, rule);
}

/** All of one moment. */
function age(folder: string): void {
  for (const name of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })])
    utimesSync(join(folder, name), 1, 1);
}

function twoMounts(target: string): PlannerMount[] {
  return [plannerMount('/'), plannerMount(target)];
}
