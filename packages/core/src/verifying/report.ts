import { z } from 'zod';
import { uuidSchema } from '../domain/ids.ts';

/** How many findings of each sort are named one by one; the rest is counted. */
export const MOST_NAMED = 100;

const namedSchema = z.object({
  path: z.string().describe('native path, for people'),
  entry: z.int().optional().describe('id of the entry; absent where the index has none'),
  reason: z.string(),
});
export type Named = z.infer<typeof namedSchema>;

const corruptSchema = namedSchema.extend({
  content_id: uuidSchema,
  compared: z.enum(['full', 'sampled']).describe('which of the hashes that were known'),
  expected: z.string().describe('BLAKE3, hexadecimal'),
  found: z.string(),
  copies: z.array(z.string()).describe('other files of the content that were just read and are right: native paths'),
});
export type Corrupt = z.infer<typeof corruptSchema>;

const list = z.array(namedSchema).max(MOST_NAMED);

/** What differs between disk and index, counted, the first of each sort by name. */
export const findingsSchema = z.object({
  missing: z.int().describe('entries of the index that are not on the disk, all that lay below them included'),
  unindexed: z
    .int()
    .describe('what is on the disk and not in the index, all below included; what the rules leave out is not counted'),
  changed: z.int().describe('entries of another type, size, time, inode or number of names'),
  folder_times: z.int().describe('folders that differ by nothing but their own time'),
  unreadable: z
    .int()
    .describe('what could not be listed or read, or lies on a disk that is away: nothing is known of it'),
  corrupt: z.int().describe('files whose content is another although size and time are the same'),
  named: z.object({
    missing: list,
    unindexed: list,
    changed: list,
    unreadable: list,
    corrupt: z.array(corruptSchema).max(MOST_NAMED),
  }),
});
export type Findings = z.infer<typeof findingsSchema>;

export function noFindings(): Findings {
  return {
    missing: 0,
    unindexed: 0,
    changed: 0,
    folder_times: 0,
    unreadable: 0,
    corrupt: 0,
    named: { missing: [], unindexed: [], changed: [], unreadable: [], corrupt: [] },
  };
}

/** Whether the index is as the disk is. What could not be looked at is not. */
export function agrees(found: Findings): boolean {
  const { missing, unindexed, changed, folder_times, unreadable, corrupt } = found;
  return missing + unindexed + changed + folder_times + unreadable + corrupt === 0;
}

export function addFindings(to: Findings, more: Findings): void {
  for (const sort of ['missing', 'unindexed', 'changed', 'unreadable', 'corrupt', 'folder_times'] as const)
    to[sort] += more[sort];
  for (const sort of ['missing', 'unindexed', 'changed', 'unreadable'] as const)
    addNamed(to.named[sort], more.named[sort]);
  addNamed(to.named.corrupt, more.named.corrupt);
}

function addNamed<T>(to: T[], more: readonly T[]): void {
  to.push(...more.slice(0, Math.max(0, MOST_NAMED - to.length)));
}

/** What a repair did. */
const repairSchema = z.object({
  folders: z.int().describe('folders that are read anew, entry by entry'),
  whole: z.boolean().describe('so many differ that the whole location is'),
  contents: z.int().describe('corrupt files whose content now counts as unknown, to be read anew'),
  left: z.int().describe('corrupt files that were too many for one repair and stay as they are'),
  job: uuidSchema.optional().describe('the job that reads; absent where nothing was to do'),
});
export type Repair = z.infer<typeof repairSchema>;

/** The result of a `locations.verify` job. Sizes in bytes. */
export const locationReportSchema = findingsSchema.extend({
  agrees: z.boolean().describe('nothing differs, and everything could be looked at'),
  files: z.int(),
  folders: z.int(),
  bytes: z.int().describe('of the files that were looked at'),
  contents: z
    .object({
      files: z.int().describe('files that were read and compared by hash'),
      bytes: z.int().describe('read for it'),
      full: z.int().describe('of them, those whose every byte was read'),
      skipped: z.int().describe('files that had changed since they were indexed: there was nothing to compare with'),
      unidentified: z.int().describe('files of which the index does not know the content'),
    })
    .optional(),
  duration_ms: z.int(),
  repair: repairSchema.optional(),
  interrupted: z.boolean().optional().describe('it was stopped: this is what it had seen until then'),
});
export type LocationReport = z.infer<typeof locationReportSchema>;
