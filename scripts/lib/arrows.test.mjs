import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';

import { followArrows, reason, ruleNames } from './arrows.mjs';

const CORE = 'packages/core/src';

/**
 * A repository in which each file breaks one rule, or shows what is allowed (rule ''): path, its imports, the rule.
 * @type {Array<[file: string, imports: string, rule: string]>}
 */
const FILES = [
  [`${CORE}/core.ts`, "import './indexing/a.ts'; import './db/a.ts'; import './operations/files/a.ts';", ''],
  [`${CORE}/platform.ts`, "import './ports/a.ts';", ''],
  [`${CORE}/ports/a.ts`, '', ''],
  [`${CORE}/ports/b.ts`, "import '../indexing/a.ts';", 'ground-is-ground'],
  [`${CORE}/errors.ts`, '', ''],
  [`${CORE}/context.ts`, '', ''],
  [`${CORE}/dispatcher.ts`, '', ''],
  [
    `${CORE}/indexing/a.ts`,
    "import '../db/a.ts'; import '../domain/a.ts'; import type { x } from '../search/a.ts';",
    '',
  ],
  [`${CORE}/indexing/from-node.ts`, "import 'node:fs';", 'core-knows-no-platform'],
  [`${CORE}/indexing/types-from-node.ts`, "import type { Stats } from 'node:fs';", 'core-knows-no-platform'],
  [
    `${CORE}/indexing/from-platform.ts`,
    "import '../../../platform-node/src/a.ts';",
    'core-stands-alone packages-by-name',
  ],
  [`${CORE}/indexing/a.test.ts`, "import 'node:test'; import './a.ts'; import '../testing/a.ts';", ''],
  [`${CORE}/indexing/b.test.ts`, "import '@sd/daemon/main.ts';", 'core-stands-alone-in-tests'],
  [`${CORE}/indexing/search.ts`, "import '../search/a.ts';", 'services-never-one-another'],
  [`${CORE}/indexing/caller.ts`, "import '../operations/files/a.ts';", 'services-know-no-callers'],
  [`${CORE}/indexing/jobs.ts`, "import '../jobs/a.ts';", 'services-know-no-callers'],
  [`${CORE}/indexing/fakes.ts`, "import '../testing/a.ts';", 'nothing-shipped-imports-tests'],
  [`${CORE}/indexing/missing.ts`, "import './nowhere.ts';", 'everything-resolves'],
  [`${CORE}/indexing/circle-a.ts`, "import './circle-b.ts';", 'no-cycles'],
  [`${CORE}/indexing/circle-b.ts`, "import './circle-a.ts';", ''],
  [`${CORE}/indexing/types-a.ts`, "import type { x } from './types-b.ts';", ''],
  [`${CORE}/indexing/types-b.ts`, "import { x } from './types-a.ts';", ''],
  [`${CORE}/search/a.ts`, '', ''],
  [`${CORE}/search/lazy-a.ts`, "await import('./lazy-b.ts');", ''],
  [`${CORE}/search/lazy-b.ts`, "import './lazy-a.ts';", ''],
  [`${CORE}/domain/a.ts`, "import 'zod'; import './b.ts';", ''],
  [`${CORE}/domain/b.ts`, "import '../platform.ts';", 'domain-is-pure'],
  [`${CORE}/domain/c.ts`, "import 'other';", 'domain-is-pure'],
  [`${CORE}/db/a.ts`, "import '../domain/a.ts'; import '../ports/a.ts'; import '../errors.ts';", ''],
  [`${CORE}/db/b.ts`, "import '../indexing/a.ts';", 'db-knows-domain-and-ports'],
  [`${CORE}/jobs/a.ts`, "import '../indexing/a.ts'; import '../db/a.ts';", ''],
  [`${CORE}/jobs/b.ts`, "import '../operations/files/a.ts';", 'jobs-know-services'],
  [
    `${CORE}/operations/files/a.ts`,
    "import '../../jobs/a.ts'; import '../../indexing/a.ts'; import '../../context.ts';",
    '',
  ],
  [`${CORE}/operations/files/b.ts`, "import '../../dispatcher.ts';", 'operations-know-what-they-use'],
  [`${CORE}/dispatch/a.ts`, "import '../operations/files/a.ts';", 'dispatcher-knows-shapes'],
  [`${CORE}/rpc/codec.ts`, "import type { x } from './a.ts';", ''],
  [`${CORE}/rpc/pipe.ts`, "import './a.ts';", 'codec-is-light'],
  [`${CORE}/rpc/a.ts`, "import '../dispatcher.ts';", ''],
  [`${CORE}/rpc/b.ts`, "import '../indexing/a.ts';", 'rpc-carries-messages'],
  [`${CORE}/events.ts`, "import './indexing/a.ts';", 'ground-is-ground'],
  [`${CORE}/testing/a.ts`, "import '@sd/platform-node/a.ts';", ''],
  [
    'packages/platform-node/src/worker-entry.ts',
    "import '@sd/core/platform.ts'; import '@sd/core/ports/a.ts'; import 'node:fs';",
    '',
  ],
  ['packages/platform-node/src/a.ts', "import '@sd/core/db/a.ts';", 'platform-implements-ports'],
  ['packages/client/src/a.ts', "import '@sd/core/rpc/codec.ts'; import type { x } from '@sd/core/context.ts';", ''],
  ['packages/client/src/b.ts', "import '@sd/core/context.ts';", 'client-takes-types-only'],
  ['packages/client/src/c.ts', "import 'node:net';", 'client-knows-no-platform'],
  ['packages/client/src/node.ts', "import './node/a.ts'; import './a.ts';", ''],
  ['packages/client/src/node/a.ts', "import 'node:net';", ''],
  ['packages/client/src/e.ts', "import './node/a.ts';", 'client-keeps-node-apart'],
  ['packages/client/src/d.ts', "import type { x } from '@sd/cli/main.ts';", 'client-stays-below-apps'],
  [
    'apps/cli/src/main.ts',
    "import '@sd/client/a.ts'; import 'node:net'; import './cli.test.ts';",
    'nothing-shipped-imports-tests',
  ],
  ['apps/cli/src/cli.test.ts', "import '@sd/core/core.ts';", ''],
  ['apps/cli/src/a.ts', "import '@sd/core/errors.ts';", 'cli-goes-through-the-client'],
  ['apps/cli/src/b.ts', "import type { x } from '@sd/platform-node/a.ts';", 'cli-types-come-from-client-or-core'],
  ['apps/daemon/src/main.ts', "import '@sd/core/core.ts'; import '@sd/platform-node/worker-entry.ts';", ''],
  ['apps/daemon/src/a.ts', "import '@sd/cli/main.ts';", 'daemon-joins-core-and-platform'],
  ['e2e/a.test.ts', "import '@sd/core/core.ts'; import '@sd/cli/main.ts';", ''],
];

/** @type {string} */
let root;
/** @type {Awaited<ReturnType<typeof followArrows>>} */
let found;

before(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'sd-arrows-')));
  for (const [file, imports] of FILES) write(file, `${imports}\nexport const x = 1;\n`);
  for (const name of ['zod', 'other']) pack(`node_modules/${name}`, name, './index.js');
  for (const folder of ['packages/core', 'packages/platform-node', 'packages/client', 'apps/cli', 'apps/daemon']) {
    const name = `@sd/${folder.split('/')[1]}`;
    pack(folder, name, './src/*');
    mkdirSync(join(root, 'node_modules', '@sd'), { recursive: true });
    symlinkSync(join(root, folder), join(root, 'node_modules', name), 'junction');
  }
  found = await followArrows(root);
});
after(() => rmSync(root, { recursive: true, force: true }));

test('each rule is broken by what it forbids, and by nothing that is allowed', () => {
  const expected = FILES.flatMap(([file, , rules]) =>
    rules.split(' ').flatMap((rule) => (rule ? [`${rule}: ${file}`] : [])),
  );
  const actual = [...found.violations]
    .filter(([rule]) => rule !== 'no-dead-files')
    .flatMap(([rule, paths]) => paths.map((path) => `${rule}: ${path.split(' → ')[0]}`));
  assert.deepEqual([...new Set(actual)].sort(), expected.sort());
});

test('a file that no program reaches is dead', () => {
  const dead = found.violations.get('no-dead-files') ?? [];
  assert.ok(dead.includes(`${CORE}/jobs/b.ts`));
  assert.ok(!dead.includes(`${CORE}/operations/files/a.ts`));
});

test('every rule is shown at work here and gives its reason', () => {
  const shown = new Set([...FILES.flatMap(([, , rules]) => rules.split(' ')), 'no-dead-files']);
  assert.deepEqual(
    ruleNames.filter((name) => !shown.has(name) || reason(name).length < 30),
    [],
  );
});

/** @param {string} file @param {string} text */
function write(file, text) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** @param {string} folder @param {string} name @param {string} target */
function pack(folder, name, target) {
  const key = target.includes('*') ? './*' : '.';
  write(`${folder}/package.json`, JSON.stringify({ name, type: 'module', exports: { [key]: target } }));
  if (key === '.') write(`${folder}/index.js`, 'export {};');
}
