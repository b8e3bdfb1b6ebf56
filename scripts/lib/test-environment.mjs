import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { readBuild } from '../../bin/build-state.cjs';

/**
 * What makes tests quick to start, said to every process of a run by its environment. Their own code is loaded from the
 * sources; the hundreds of modules below it are compiled once for all processes, and the threads and
 * daemons they start run the build, where each would take the types out of a hundred modules first.
 * @param {string} root
 * @returns {Record<string, string>}
 */
export function testEnvironment(root) {
  const { entry } = readBuild(root, 'daemon');
  return {
    NODE_COMPILE_CACHE: compileCache(join(root, '.cache', 'compile')),
    ...(entry ? { SD_TEST_BUILD: pathToFileURL(entry).href } : {}),
  };
}

/**
 * Begun anew each day: what it has of builds that are gone is never asked for again.
 * @param {string} folder
 */
function compileCache(folder) {
  const today = new Date().toISOString().slice(0, 10);
  mkdirSync(join(folder, today), { recursive: true });
  for (const day of readdirSync(folder)) if (day !== today) rmSync(join(folder, day), { recursive: true, force: true });
  return join(folder, today);
}
