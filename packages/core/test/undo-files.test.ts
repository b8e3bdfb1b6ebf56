import assert from 'node:assert/strict';
import { lstatSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ConflictChoice } from '../src/domain/step.ts';
import { act, treeOf, writeTree } from '../src/testing/file-world.ts';
import { type TestCore, openTestCore, temporaryFolder } from '../src/testing/open-test-core.ts';

const UNWATCHED = { watching: { limit: 0 } } as const;
type Action = Parameters<typeof act>[1];

async function desk(context: TestContext, files: Readonly<Record<string, string>>) {
  const home = temporaryFolder(context);
  const before = process.env['XDG_DATA_HOME'];
  process.env['XDG_DATA_HOME'] = home;
  context.after(() => {
    if (before === undefined) delete process.env['XDG_DATA_HOME'];
    else process.env['XDG_DATA_HOME'] = before;
  });
  const core = await openTestCore(context, UNWATCHED);
  const folder = temporaryFolder(context);
  writeTree(folder, files);
  return { core, folder, at: (...names: string[]) => names.map((name) => join(folder, name)) };
}

/** Undo or redo, to the end of its job. */
async function take(core: TestCore, back: 'undo' | 'redo', receipt?: string): Promise<string> {
  const { result, receipt: own } = await core.client.call(`action:history.${back}`, receipt ? { receipt } : {});
  if (result.job) await core.completed(result.job);
  return own;
}

const stateOf = async (core: TestCore, receipt: string) =>
  (await core.client.call('query:history.info', { receipt })).action.state;
const refused = (code: string, message: RegExp) => (error: unknown) =>
  (error as { code?: string }).code === code && message.test((error as Error).message);

/** Each with what it is done to; every one must come back, go again, and come back again. */
const STORIES: readonly {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly action: Action;
  input(at: (...names: string[]) => string[]): Record<string, unknown>;
  readonly decisions?: Readonly<Record<string, ConflictChoice>>;
}[] = [
  {
    what: 'a copied file',
    files: { 'a.txt': 'one', 'to/': '' },
    action: 'copy',
    input: (at) => ({ sources: at('a.txt'), to: at('to')[0] }),
  },
  {
    what: 'a copied folder, as one thing',
    files: { 'from/a': '1', 'from/in/b': '2', 'from/in/empty/': '', 'to/': '' },
    action: 'copy',
    input: (at) => ({ sources: at('from'), to: at('to')[0] }),
  },
  {
    what: 'a folder merged into another, with files replaced',
    files: { 'from/a': 'new', 'from/in/b': '2', 'to/from/a': 'old', 'to/from/own': 'mine' },
    action: 'copy',
    input: (at) => ({ sources: at('from'), to: at('to')[0] }),
    decisions: { '*': 'replace' },
  },
  {
    what: 'a folder merged into another, with files beside those that are there',
    files: { 'from/a': 'new', 'from/in/b': '2', 'to/from/a': 'old' },
    action: 'copy',
    input: (at) => ({ sources: at('from'), to: at('to')[0], on_conflict: 'keep_both' }),
  },
  {
    what: 'a move within a file system',
    files: { 'from/a': '1', 'from/in/b': '2', 'to/': '' },
    action: 'move',
    input: (at) => ({ sources: at('from'), to: at('to')[0] }),
  },
  {
    what: 'a move that replaces',
    files: { a: 'new', 'to/a': 'old' },
    action: 'move',
    input: (at) => ({ sources: at('a'), to: at('to')[0], on_conflict: 'replace' }),
  },
  {
    what: 'a move of folders into one another',
    files: { 'from/a': '1', 'from/in/b': '2', 'to/from/in/c': '3' },
    action: 'move',
    input: (at) => ({ sources: at('from'), to: at('to')[0], on_conflict: 'merge' }),
  },
  { what: 'a rename', files: { 'a.txt': 'one' }, action: 'rename', input: (at) => ({ path: at('a.txt')[0], name: 'b.txt' }) },
  {
    what: 'a new folder with those above it',
    files: { 'x/': '' },
    action: 'create_folder',
    input: (at) => ({ path: at('x/y/z')[0], parents: true }),
  },
  { what: 'a new file', files: { 'x/': '' }, action: 'create_file', input: (at) => ({ path: at('x/new.txt')[0] }) },
  {
    what: 'what went to the trash',
    files: { 'a/b': '1', 'a/c/d': '2', e: '3' },
    action: 'trash',
    input: (at) => ({ sources: at('a', 'e') }),
  },
  {
    what: 'times',
    files: { a: '1' },
    action: 'set_times',
    input: (at) => ({ sources: at('a'), modified: 1_000_000_000_000 }),
  },
];

for (const { what, files, action, input, decisions } of STORIES)
  test(`undone, done again and undone again: ${what}`, async (context) => {
    const { core, folder, at } = await desk(context, files);
    const picture = () => [treeOf(folder), action === 'set_times' ? Math.round(lstatSync(join(folder, 'a')).mtimeMs) : 0];
    const before = picture();
    const { receipt } = await act(core, action, input(at), decisions ?? {});
    const after = picture();
    assert.notDeepEqual(after, before);
    for (let round = 0; round < 2; round++) {
      await take(core, 'undo');
      assert.deepEqual(picture(), before);
      assert.equal(await stateOf(core, receipt), 'undone');
      if (round === 1) break;
      await take(core, 'redo');
      assert.deepEqual(picture(), after);
      assert.equal(await stateOf(core, receipt), 'done');
    }
  });
