import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { nodeFiles } from '@sd/platform-node/files.ts';
import fc from 'fast-check';
import { DEFAULT_RULES } from '../../domain/location.ts';
import { joinNative } from '../../domain/native-path.ts';
import { newListing } from '../../folder-listing.ts';
import { compileRules } from './compile.ts';

const RULES = { ...DEFAULT_RULES, system: false, caches: false, dev_folders: true, gitignore: true };

/** The files below `root` that the rules keep. */
function kept(root: string): string[] {
  const rules = compileRules(RULES, root, nodeFiles);
  const found: string[] = [];
  const visit = (folder: string): void => {
    const inside = rules.at(folder);
    const listing = newListing();
    nodeFiles.listFolder(folder, listing, (name, type) => rules.leaveOut(name, type, inside) !== undefined);
    for (const [at, name] of listing.names.entries()) {
      const path = joinNative(folder, name);
      if (listing.types[at] === 1) visit(path);
      else found.push(path.slice(root.length + 1));
    }
  };
  visit(root);
  return found.sort();
}

const name = fc.constantFrom('a', 'b', 'ab', 'build', 'x.log', 'y.log', 'A', 'sp ace');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
const pattern = fc.constantFrom(
  '*.log',
  '!x.log',
  'build/',
  '/build',
  'a/b',
  '/a',
  '!a',
  'a/**',
  '**/b',
  'a/*',
  '!a/b',
  'b/',
  '[ab]',
  '?',
  '# no',
  '',
  'sp\\ ace',
  'x.log ',
  '!build/',
  'A',
  '*',
  '!*/',
);
const ignoreFile = fc.record({ folder: fc.option(path, { nil: '' }), lines: fc.array(pattern, { maxLength: 4 }) });

const hasGit = spawnSync('git', ['--version']).status === 0;

test('git agrees on what .gitignore files leave out', { skip: !hasGit }, () => {
  const root = nodeFiles.realPath(mkdtempSync(join(tmpdir(), 'sd-gitignore-')));
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', root, '-c', 'core.excludesFile=', ...args], { encoding: 'utf8' });
  try {
    git('init', '-q');
    fc.assert(
      fc.property(
        fc.array(path, { minLength: 1, maxLength: 12 }),
        fc.array(ignoreFile, { maxLength: 3 }),
        (paths, ignores) => {
          rmSync(join(root, 'tree'), { recursive: true, force: true });
          const put = (file: string, text: string): void => {
            try {
              mkdirSync(join(root, 'tree', dirname(file)), { recursive: true });
              writeFileSync(join(root, 'tree', file), text);
            } catch {
              // A file stands where a folder would be, or the other way round: the tree has one of the two.
            }
          };
          for (const each of paths) put(each, '');
          for (const { folder, lines } of ignores) put(join(folder, '.gitignore'), `${lines.join('\n')}\n`);
          const wanted = git('ls-files', '--others', '--exclude-standard', '-z', 'tree')
            .split('\0')
            .filter(Boolean)
            .map((file) => file.slice('tree/'.length));
          if (nodeFiles.facts(join(root, 'tree'))) assert.deepEqual(kept(join(root, 'tree')), wanted.sort());
        },
      ),
      { numRuns: 60 },
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
