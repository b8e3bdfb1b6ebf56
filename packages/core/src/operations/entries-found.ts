import type { ReaderContext } from '../context.ts';
import { SdError } from '../errors.ts';
import { searchFiles } from './search/files.ts';

const PER_PAGE = 1000;

/** The ids of the entries that `search.files` finds, given its input. Throws `LIMIT` where they are more than `most`. */
export async function entriesFound(
  context: ReaderContext<'library'>,
  input: Readonly<Record<string, unknown>>,
  most: number,
): Promise<number[]> {
  const ids: number[] = [];
  let cursor: string | undefined;
  do {
    const parsed = searchFiles.input.safeParse({ ...input, limit: PER_PAGE, ...(cursor ? { cursor } : {}) });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new SdError('INVALID_INPUT', `targets.search.${issue?.path.join('.')}: ${issue?.message}`);
    }
    // oxlint-disable-next-line no-await-in-loop -- each page begins where the one before ended
    const page = await searchFiles.run(context, parsed.data);
    for (const { id } of page.entries) if (id !== undefined) ids.push(id);
    if (ids.length > most)
      throw new SdError('LIMIT', `the search finds more than ${most} entries`, { way_out: 'narrow the search' });
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  return ids;
}
