// The types of every project, each with its own surroundings: the core without Node, its tests with.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../lib/paths.mjs';
import { capture } from '../lib/run.mjs';

const compiler = join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc');

/** All tsconfig files that hold a project. */
function projects() {
  const folders = ['.', 'bench', 'e2e', ...children('packages'), ...children('apps')];
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => /^tsconfig(?!\.base).*\.json$/.test(file))
      .map((file) => join(folder, file)),
  );
}

/** @param {string} folder */
function children(folder) {
  const names = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  return names.map((name) => join(folder, name));
}

/** Two projects see the same file where one imports the other: a finding is shown once. @type {Set<string>} */
const shown = new Set();
for (const project of projects()) {
  const { code, output } = await capture(process.execPath, [compiler, '--pretty', 'false', '-p', project], {
    cwd: root,
  });
  if (code === 0) continue;
  process.exitCode = 1;
  for (const line of output.trim().split('\n')) {
    if (shown.has(line)) continue;
    shown.add(line);
    process.stdout.write(`${line}\n`);
  }
  // Nothing to show means everything was shown; but a compiler that failed without a word must not go unnoticed.
  if (output.trim() === '') process.stdout.write(`${project}: the compiler ended with ${code}\n`);
}
