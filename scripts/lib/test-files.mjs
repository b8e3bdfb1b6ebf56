import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

const ROOTS = ['packages', 'apps', 'e2e', 'bench', 'scripts', 'bin'];
const SKIPPED = new Set(['node_modules', 'dist', 'results']);
const TEST = /\.test\.(ts|mjs|cjs)$/;

/**
 * All test files, unit tests first: what is quick to fail fails first.
 * @param {string} root
 * @param {string[]} filters parts of paths with `/`; a file that matches any is in, none given means all
 * @returns {string[]} paths relative to root with `/`
 */
export function testFiles(root, filters = []) {
  const files = ROOTS.flatMap((folder) => walk(root, folder)).map((file) => file.split(sep).join('/'));
  return files
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
    .sort((a, b) => Number(isStory(a)) - Number(isStory(b)) || (a < b ? -1 : 1));
}

/**
 * Whether a test file tells a story: over several parts, against real processes and folders.
 * @param {string} file relative to the root, with `/`
 */
function isStory(file) {
  return file.startsWith('e2e/') || file.includes('/test/');
}

/** @param {string} root @param {string} folder @returns {string[]} */
function walk(root, folder) {
  /** @type {import('node:fs').Dirent[]} */
  let entries = [];
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(root, path);
    return TEST.test(entry.name) ? [path] : [];
  });
}
