import { choice, choices, each } from '../declare/option.ts';
import type { LocationRules } from '../wire.ts';

/** The sets of names that can be left out, with what they are. */
const RULE_SETS = {
  hidden: 'names that begin with a dot',
  system: 'what the system keeps for itself',
  caches: 'what programs can make again',
  'dev-folders': 'version control, dependencies, build results',
  gitignore: 'what .gitignore files name',
} as const;
type RuleSet = keyof typeof RULE_SETS;
const SETS = Object.keys(RULE_SETS) as RuleSet[];

/** Rules as commands take them. */
export const RULE_OPTIONS = {
  leaveOut: choices('SET', SETS, `leave out a set: ${SETS.join(', ')}`),
  keep: choices('SET', SETS, 'keep a set that is left out otherwise'),
  exclude: each('GLOB', 'leave out what matches, e.g. "*.tmp" or "raw/**"'),
  include: each('GLOB', 'keep what matches, whatever the other rules say'),
  crossMounts: choice(['on', 'off'], 'whether to walk into other disks mounted below'),
} as const;

export interface GivenRules {
  readonly leaveOut: RuleSet[] | undefined;
  readonly keep: RuleSet[] | undefined;
  readonly exclude: string[] | undefined;
  readonly include: string[] | undefined;
  readonly crossMounts: 'on' | 'off' | undefined;
}

/** The rules that were given, as the daemon takes them; `undefined` where none were. */
export function rulesOf(given: GivenRules): Partial<LocationRules> | undefined {
  const rules: Record<string, unknown> = {};
  for (const set of given.leaveOut ?? []) rules[set.replace('-', '_')] = true;
  for (const set of given.keep ?? []) rules[set.replace('-', '_')] = false;
  // An empty glob empties the list.
  if (given.exclude) rules['exclude'] = given.exclude.filter((glob) => glob !== '');
  if (given.include) rules['include'] = given.include.filter((glob) => glob !== '');
  if (given.crossMounts) rules['cross_mounts'] = given.crossMounts === 'on';
  return Object.keys(rules).length > 0 ? rules : undefined;
}

/** Rules in a few words: `system, caches, *.tmp`. */
export function rulesText(rules: LocationRules): string {
  const sets = SETS.filter((set) => rules[set.replace('-', '_') as keyof LocationRules] === true);
  const left = [...sets, ...rules.exclude];
  const kept = rules.include.length > 0 ? `; always kept: ${rules.include.join(', ')}` : '';
  return `${left.length > 0 ? left.join(', ') : 'nothing'}${kept}`;
}
