import { lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Carried } from '../domain/carried.ts';
import type { ConflictChoice, ConflictPolicy } from '../domain/step.ts';
import type { TestCore } from './open-test-core.ts';

/** What a folder holds: names with the bytes of files, `null` for folders, `-> x` for links. */
export function treeOf(folder: string): Record<string, string | null> {
  const found: Record<string, string | null> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(folder, name);
    const facts = lstatSync(path);
    found[name] = facts.isDirectory()
      ? null
      : facts.isSymbolicLink()
        ? `-> ${readlinkSync(path)}`
        : readFileSync(path, 'utf8');
  }
  return found;
}

/** Writes files by their paths below a folder; a path that ends with `/` is an empty folder. */
export function writeTree(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(folder, name);
    if (name.endsWith('/')) mkdirSync(path, { recursive: true });
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
    }
  }
}

export interface Done extends Carried {
  readonly plan: string;
  readonly receipt: string;
  readonly problems: readonly { readonly item: string; readonly reason: string }[];
}

type FileAction =
  | 'copy'
  | 'move'
  | 'rename'
  | 'create_folder'
  | 'create_file'
  | 'trash'
  | 'restore'
  | 'delete'
  | 'set_times';

/** Does a file action from its plan to the end of its job. */
export async function act(
  core: TestCore,
  action: FileAction,
  input: Readonly<Record<string, unknown>> & { on_conflict?: ConflictPolicy },
  decisions: Readonly<Record<string, ConflictChoice>> = {},
): Promise<Done> {
  const call = core.client.call.bind(core.client) as (method: string, input: unknown) => Promise<never>;
  const { plan_id } = (await call(`preview:entries.${action}`, input)) as { plan_id: string };
  const { receipt, result } = (await call(`action:entries.${action}`, { plan_id, decisions })) as {
    receipt: string;
    result: { job: { id: string } };
  };
  const job = await core.completed(result.job);
  return { ...(job.result as Carried), plan: plan_id, receipt, problems: job.problems?.named ?? [] };
}
