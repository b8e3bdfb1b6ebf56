import { z } from 'zod';
import {
  type DuplicateCursor,
  type DuplicateGroup,
  duplicateGroups,
  duplicateTotals,
} from '../../db/library/duplicates.ts';
import { entryViewSchema, nameOfStored } from '../../domain/entry.ts';
import { duplicateFilters, hasExtension } from '../../domain/duplicates.ts';
import { contentUuid, toHex, uuidSchema, uuidToText } from '../../domain/ids.ts';
import { decodeCursor, encodeCursor, fingerprintOf, pageInput } from '../../domain/page.ts';
import { SdError } from '../../errors.ts';
import { CopyViews } from '../../hashing/copy-views.ts';
import { query } from '../../operation.ts';
import { PrivateEntries } from '../../db/library/private-entries.ts';
import { duplicateScope } from '../duplicate-scope.ts';
import { alsoPrivate, leftOut, privateLeftOut } from '../private-input.ts';

/** Files of a group that are shown with it; `content.instances` has them all. */
const ENTRIES_SHOWN = 20;

const groupSchema = z.object({
  content_id: uuidSchema,
  size: z.int().describe('of each, in bytes'),
  count: z.int().describe('files on disk; several names of one file are one'),
  reclaimable_bytes: z.int().describe('what keeping one of them frees'),
  verified: z
    .enum(['candidate', 'verified', 'partly'])
    .describe(
      '`verified`: all have the same full hash; `partly`: some of them do; `candidate`: size and samples agree, which is no reason to delete any',
    ),
  full_hash: z.string().optional().describe('hexadecimal BLAKE3 of all bytes, of those that are verified'),
  entries: z.array(entryViewSchema).max(ENTRIES_SHOWN),
  entries_total: z.int().describe('names, hard links included'),
  private_left_out: privateLeftOut.describe('so many names more are shown to who asks for private ones'),
});

const input = z.object({
  ...duplicateFilters,
  private: alsoPrivate,
  verified: z.boolean().optional().describe('true: only groups that are verified; false: only the others'),
  ...pageInput,
});

const cursorSchema = z.tuple([z.int(), z.int(), z.string()]);

export const findDuplicates = query({
  summary: 'Files that are the same, those that waste most first. Until they are verified they are candidates.',
  name: 'content.duplicates',
  scope: 'library',
  thread: 'reader',
  input,
  output: z.object({
    groups: z.array(groupSchema),
    total: z.object({ groups: z.int(), files: z.int(), reclaimable_bytes: z.int() }),
    private_left_out: privateLeftOut.describe('so many groups more are shown to who asks for private ones'),
    next_cursor: z.string().optional(),
  }),
  errors: ['NOT_FOUND', 'CURSOR_STALE'],
  permissions: ['library.read'],

  run({ library, device, files, checkCancelled }, { limit, cursor, ...asked }) {
    const fingerprint = fingerprintOf(asked);
    const after = cursor === undefined ? undefined : decodeCursor(cursor, fingerprint, cursorSchema);
    if (cursor !== undefined && !after)
      throw new SdError('CURSOR_STALE', 'the cursor is of another query; start from the first page');
    const hidden = asked.private ? undefined : new PrivateEntries(library.db);
    const { scope, folders } = duplicateScope(library.db, device, asked, hidden);
    const page = duplicateGroups(library.db, scope, { verified: asked.verified, after, limit });
    const views = new CopyViews(library.db, { files, device, below: folders });
    const groups = page.groups.map((group) => {
      checkCancelled();
      let count = 0;
      const entries = views.of(group.content_id, {
        limit: ENTRIES_SHOWN,
        only: (copy) => {
          if (!belongs(copy.full_hash, group) || !hasExtension(nameOfStored(copy.name), scope.extensions)) return false;
          const isLeftOut = hidden?.has(copy.id, copy.parent_id) ?? false;
          if (isLeftOut) count++;
          return !isLeftOut;
        },
      });
      return { ...factsOf(group), entries, ...leftOut(count) };
    });
    const groupsOfAll = (): number =>
      duplicateTotals(library.db, { ...scope, without: undefined }, asked.verified).groups;
    const last = page.groups.at(-1);
    const { groups: all, files: count, reclaimable } = page.totals;
    return {
      groups,
      total: { groups: all, files: count, reclaimable_bytes: reclaimable },
      ...leftOut(hidden && !hidden.isEmpty ? groupsOfAll() - all : 0),
      ...(last && groups.length === limit ? { next_cursor: encodeCursor(fingerprint, placeInOrder(last)) } : {}),
    };
  },
});

function factsOf(group: DuplicateGroup) {
  const verified =
    group.hashed === group.entries
      ? ('verified' as const)
      : group.hashed > 0
        ? ('partly' as const)
        : ('candidate' as const);
  return {
    content_id: uuidToText(contentUuid(group.content_hash)),
    size: group.size,
    count: group.files,
    reclaimable_bytes: group.reclaimable,
    verified,
    ...(group.full_hash ? { full_hash: toHex(group.full_hash) } : {}),
    entries_total: group.entries,
  };
}

/** Whether a file with that full hash (`null`: not known) is one of the group, of all the files with the content. */
function belongs(hash: Uint8Array | null, group: DuplicateGroup): boolean {
  if (hash === null) return group.hashed < group.entries;
  return group.full_hash !== null && toHex(hash) === toHex(group.full_hash);
}

function placeInOrder(group: DuplicateGroup): DuplicateCursor {
  return [group.reclaimable, group.content_id, group.full_hash ? toHex(group.full_hash).toUpperCase() : ''];
}
