// The types of everything, and of the parts that may not know Node once more on their own.
import { join } from 'node:path';

import { root } from '../lib/paths.mjs';
import { capture } from '../lib/run.mjs';

const COMPILER = join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
const PROJECTS = ['tsconfig.json', 'packages/core/tsconfig.json', 'packages/client/tsconfig.json'];

/** The same file may be part of several projects: what is wrong with it is shown once. @type {Set<string>} */
const shown = new Set();
for (const project of PROJECTS) {
  const { code, output } = await capture(process.execPath, [COMPILER, '--pretty', 'false', '-p', project], {
    cwd: root,
  });
  if (code === 0) continue;
  process.exitCode = 1;
  for (const line of output.trim().split('\n')) {
    if (!shown.has(line)) process.stdout.write(`${line}\n`);
    shown.add(line);
  }
}
