import { copyFileSync, cpSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync, rmdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { findStep, stepsFrom } from '../db/actions/steps.ts';
import { FOLDER } from '../domain/entry.ts';
import { numberedName } from '../domain/numbered-name.ts';
import type { ConflictPolicy, Step } from '../domain/step.ts';
import { choiceOf, effectOf } from '../file-actions/choices.ts';
import { StepPaths } from '../file-actions/step-paths.ts';
import type { Decisions } from '../domain/plan.ts';
import type { Connection } from '../ports/sqlite.ts';

/** Carries out a plan in the plainest way there is: what the planner says is all it goes by. */
export function interpret(plan: string, actions: Connection, decisions: Decisions, policy: ConflictPolicy): void {
  const paths = new StepPaths((seq) => findStep(actions, plan, seq));
  for (const step of [...stepsFrom(actions, plan)]) {
    const { source = '', target, leftOut } = paths.of(step);
    if (leftOut) {
      if (step.kind === 'make_folder') paths.settled(step, undefined);
      continue;
    }
    const to = target === undefined ? undefined : place(step, target, decisions, policy);
    if (target !== undefined && step.kind === 'make_folder') paths.settled(step, to);
    if (target !== undefined && to === undefined) continue;
    doStep(step, source, to ?? '');
  }
}

/** Where it comes to; `undefined`: it is skipped. What is replaced is taken away. */
function place(step: Step, target: string, decisions: Decisions, policy: ConflictPolicy): string | undefined {
  if (step.conflict === 'none' || !existsSync(target)) return target;
  const choice = choiceOf(step, decisions, policy);
  if (choice === undefined) throw new Error(`step ${step.seq} is not decided`);
  const effect = effectOf(step, choice);
  if (effect === 'skip') return undefined;
  if (effect === 'replace') rmSync(target, { recursive: true });
  return effect === 'keep_both' ? free(target, step.facts.type === FOLDER) : target;
}

export function free(target: string, folder: boolean): string {
  for (let number = 2; ; number++) {
    const name = `${dirname(target)}/${numberedName(basename(target), number, { folder, longest: 255 })}`;
    if (!existsSync(name)) return name;
  }
}

/** The steps of copies, moves and deletions. */
function doStep({ kind }: Step, source: string, target: string): void {
  switch (kind) {
    case 'make_folder':
      return void mkdirSync(target, { recursive: true });
    case 'copy':
      return cpSync(source, target, { verbatimSymlinks: true });
    case 'move':
      copyFileSync(source, target);
      return rmSync(source);
    case 'rename':
      return renameSync(source, target);
    case 'remove_folder':
      try {
        rmdirSync(source);
      } catch {
        // what is not empty stays
      }
      return;
    case 'delete':
      return lstatSync(source).isDirectory() ? rmdirSync(source) : rmSync(source);
    case 'make_file':
    case 'trash':
    case 'restore':
    case 'set_times':
    case 'hard_link':
    case 'clone':
      throw new Error(`the interpreter knows no ${kind}`);
  }
}
