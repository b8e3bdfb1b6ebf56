import type { ConflictChoice } from '../domain/step.ts';
import type { act } from './file-world.ts';
import type { TestCore } from './open-test-core.ts';

/** Undo or redo, to the end of its job. */
export async function take(core: TestCore, back: 'undo' | 'redo', receipt?: string): Promise<string> {
  const { result, receipt: own } = await core.client.call(`action:history.${back}`, receipt ? { receipt } : {});
  if (result.job) await core.completed(result.job);
  return own;
}

/** Each with what it is done to; every one must come back, go again, and come back again. */
export const UNDO_STORIES: readonly {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly action: Parameters<typeof act>[1];
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
    what: 'a folder in the place of a file',
    files: { 'from/a': 'new', 'from/in/b': '2', 'to/from': 'old' },
    action: 'copy',
    input: (at) => ({ sources: at('from'), to: at('to')[0], on_conflict: 'replace' }),
  },
  {
    what: 'an empty folder in the place of a file',
    files: { 'from/': '', 'to/from': 'old' },
    action: 'copy',
    input: (at) => ({ sources: at('from'), to: at('to')[0], on_conflict: 'replace' }),
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
  {
    what: 'a rename',
    files: { 'a.txt': 'one' },
    action: 'rename',
    input: (at) => ({ path: at('a.txt')[0], name: 'b.txt' }),
  },
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
