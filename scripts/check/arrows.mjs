// The import arrows and cycles, by .dependency-cruiser.mjs. Prints each violation with the reason its rule gives.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { cruise } from 'dependency-cruiser';

import { root } from '../lib/paths.mjs';
import config from '../../.dependency-cruiser.mjs';

process.chdir(root);
const folders = ['packages', 'apps', 'bench', 'e2e'].filter((folder) => existsSync(join(root, folder)));
const { forbidden = [], options } = config;
const { output } = await cruise(folders, { ...options, ruleSet: { forbidden }, validate: true });
if (typeof output === 'string') throw new Error('dependency-cruiser answered text instead of a result');

const { violations, totalCruised } = output.summary;
const own = output.modules.filter((module) => module.source.endsWith('.ts') && !module.source.includes('node_modules'));
const arrows = own.reduce((sum, module) => sum + module.dependencies.length, 0);
// With a compiler API it can't use it sees no modules, or modules without imports, and finds nothing wrong.
if (own.length === 0 || arrows < own.length) {
  process.stdout.write(`Only ${own.length} modules and ${arrows} imports were seen: the check itself is broken.\n`);
  process.exit(1);
}

const reasons = new Map(forbidden.map((rule) => [rule.name, rule.comment]));
const byRule = Map.groupBy(violations, (violation) => violation.rule.name);
for (const [name, found] of byRule) {
  process.stdout.write(`${name}: ${reasons.get(name)}\n`);
  for (const { from, to, cycle } of found) {
    process.stdout.write(
      `  ${name === 'no-dead-files' ? to : [from, ...(cycle?.map((step) => step.name) ?? [to])].join(' → ')}\n`,
    );
  }
}
process.stdout.write(
  `${own.length} of ${totalCruised} modules are ours, ${arrows} imports, ${violations.length} violations\n`,
);
process.exitCode = violations.length > 0 ? 1 : 0;
