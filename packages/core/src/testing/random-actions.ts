import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SdError } from '../errors.ts';
import type { JobInfo } from '../jobs/job-manager.ts';
import { nothingToDo } from './model-jobs.ts';
import type { TestCore } from './open-test-core.ts';

/** Numbers from 0 to 1, the same ones for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Refusals that a random choice may meet. */
const REFUSED = new Set(['CONFLICT', 'ALREADY_EXISTS', 'NOT_FOUND', 'CONFIRMATION_NEEDED', 'CHANGED_SINCE']);

/** Does one thing after another to what lies below the roots, none of which loses a byte, until the process is ended. */
export async function actAtRandom(
  core: TestCore,
  roots: readonly string[],
  random: () => number,
  say: () => void,
): Promise<never> {
  for (let at = 0; ; at++) {
    await nothingToDo(core);
    say();
    try {
      await actOnce(core, roots, random, at);
    } catch (error) {
      const { code = '' } = error as Partial<SdError>;
      if (!REFUSED.has(code)) throw error;
    }
  }
}

async function actOnce(core: TestCore, roots: readonly string[], random: () => number, at: number): Promise<void> {
  const one = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const below = roots.flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name)),
  );
  const paths = below.filter((path) => !path.includes('.Trash')).sort();
  const folders = [...roots, ...paths.filter((path) => lstatSync(path).isDirectory())];
  const [path, to, name] = [one(paths), one(folders), one(['a', 'b', 'c', 'd'])];
  const on_conflict = one(['skip', 'replace', 'keep_both', 'newer', 'larger'] as const);
  const call = core.client.call.bind(core.client) as (
    method: string,
    input: object,
  ) => Promise<{ result: { job?: JobInfo } }>;
  const modified = 1_500_000_000_000 + at * 1000;
  const [method, input] = one([
    ['entries.copy', { sources: [path], to, on_conflict }],
    ['entries.move', { sources: [path], to, on_conflict }],
    ['entries.move', { sources: [path], to: one(roots), on_conflict }],
    ['entries.rename', { path, name, on_conflict: 'keep_both' }],
    ['entries.trash', { sources: [path] }],
    ['entries.create_folder', { path: join(to, `${name}${at}`) }],
    ['entries.create_file', { path: join(to, `${name}${at}.txt`) }],
    ['entries.set_times', { sources: [path], modified }],
    ['history.undo', {}],
    ['history.undo', {}],
    ['history.redo', {}],
  ] as const);
  await call(`action:${method}`, input);
}
