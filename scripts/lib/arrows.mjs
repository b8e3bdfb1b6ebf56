import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { cruise } from 'dependency-cruiser';

import config from '../../.dependency-cruiser.mjs';

const FOLDERS = ['packages', 'apps', 'bench', 'e2e'];
const { forbidden = [], options } = config;

/**
 * @typedef {object} Cruise
 * @property {number} modules TypeScript files of ours that were read
 * @property {number} arrows imports seen in them
 * @property {Map<string, string[]>} violations rule → what breaks it, as `from → to`
 */

/**
 * Follows every import below a folder and holds it against the rules.
 * @param {string} baseDir
 * @returns {Promise<Cruise>}
 */
export async function followArrows(baseDir) {
  const folders = FOLDERS.filter((folder) => existsSync(join(baseDir, folder)));
  const { output } = await cruise(folders, { ...options, baseDir, ruleSet: { forbidden }, validate: true });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered text instead of a result');

  const own = output.modules.filter(({ source }) => source.endsWith('.ts') && !source.includes('node_modules'));
  const arrows = own.reduce((sum, module) => sum + module.dependencies.length, 0);
  /** @type {Map<string, string[]>} */
  const violations = new Map();
  for (const { rule, from, to, cycle } of output.summary.violations) {
    const path = rule.name === 'no-dead-files' ? [to] : [from, ...(cycle?.map((step) => step.name) ?? [to])];
    violations.set(rule.name, [...(violations.get(rule.name) ?? []), path.join(' → ')]);
  }
  return { modules: own.length, arrows, violations };
}

/**
 * Why a rule exists, and what to do instead.
 * @param {string} name
 */
export function reason(name) {
  return forbidden.find((rule) => rule.name === name)?.comment ?? '';
}

/** The names of all rules. */
export const ruleNames = forbidden.map((rule) => rule.name ?? '');
