import { CliError, asCliError, usage } from '../errors.ts';
import { printable } from '../format/text.ts';
import type { Sd } from '../sd.ts';
import { text } from '../declare/option.ts';
import { addressOf } from './address.ts';

/** A name with its namespace, where it has one of its own. */
export function tagLabel({ name, namespace }: { readonly name: string; readonly namespace: string }): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

/** `work/project` names a namespace. */
export function tagName(typed: string): { name: string; namespace: string } {
  const at = typed.indexOf('/');
  return at <= 0
    ? { name: typed.replace(/^\//, ''), namespace: '' }
    : { namespace: typed.slice(0, at), name: typed.slice(at + 1) };
}

/** Several in one word, with commas between. */
export function tagsOf(typed: string): string[] {
  return typed
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** How a command that is about many files is told which. */
export const TARGETS = {
  find: text('QUERY', 'all that this search finds, as in sd find', { complete: 'query' }),
} as const;

/** Files by their paths, and all that a search finds. */
export function targetsOf(paths: readonly string[], query: string | undefined): Record<string, unknown> {
  if (paths.length === 0 && query === undefined)
    throw usage('which files?', 'name files or folders, or add --find QUERY');
  return {
    ...(paths.length > 0 ? { paths: paths.map(addressOf) } : {}),
    ...(query === undefined ? {} : { search: { query } }),
  };
}

/** Whether tags that do not exist are to be made: as asked for, or as somebody at the terminal says. */
export async function mayCreate(sd: Sd, tags: readonly string[], create: boolean): Promise<boolean> {
  if (create) return true;
  const daemon = await sd.daemon();
  const missing: string[] = [];
  for (const tag of tags) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- a handful of tags
      await daemon.call('query:tags.get', { tag });
    } catch (error) {
      const known = asCliError(error);
      if (known.code !== 'NOT_FOUND' || known.data['tag'] === undefined) {
        // Which one is meant may be clear from the files' other tags.
        if (known.code === 'CONFLICT') continue;
        throw error;
      }
      if (!sd.out.interactive || !process.stdin.isTTY)
        throw new CliError('NOT_FOUND', known.message, { wayOut: 'add --create to make it', code: known.code });
      missing.push(tag);
    }
  }
  if (missing.length === 0) return false;
  const { askYesNo } = await import('../prompt/ask.ts');
  const names = missing.map((tag) => `"${printable(tag)}"`).join(', ');
  if (await askYesNo(sd, `There is no tag ${names} yet. Make ${missing.length === 1 ? 'it' : 'them'}?`)) return true;
  throw new CliError('REFUSED', 'nothing was changed');
}
