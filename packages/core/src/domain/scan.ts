import { z } from 'zod';

/** How many problems a scan names one by one; the rest is counted. */
export const MOST_PROBLEMS_NAMED = 100;

/** How an index changed: entries, not counting folders whose time went with what is in them. */
const changeCountsSchema = z.object({ added: z.int(), modified: z.int(), moved: z.int(), removed: z.int() });
export type ChangeCounts = z.infer<typeof changeCountsSchema>;

/** All that came into a location's index since `at`, by scans and by watching. */
export const changesSinceSchema = changeCountsSchema.extend({
  at: z.int().describe('when a scan that somebody asked for last ended'),
});
export type ChangesSince = z.infer<typeof changesSinceSchema>;

export function addCounts<T extends ChangeCounts>(to: T, more: ChangeCounts): T {
  return {
    ...to,
    added: to.added + more.added,
    modified: to.modified + more.modified,
    moved: to.moved + more.moved,
    removed: to.removed + more.removed,
  };
}

export const NO_CHANGES: ChangeCounts = { added: 0, modified: 0, moved: 0, removed: 0 };

/** What one scan of a location found and did. Durations in milliseconds, sizes in bytes. */
export const scanResultSchema = z.object({
  files: z.int(),
  folders: z.int(),
  other: z.int().describe('symbolic links, sockets, devices, pipes'),
  bytes: z.int(),
  added: z.int(),
  modified: z.int().describe('not counting folders, whose time changes with what is in them'),
  moved: z.int(),
  removed: z.int(),
  held: z
    .int()
    .optional()
    .describe('not on the disk any more, and still in the index: so much goes only once the user has said so'),
  unchanged: z.int(),
  unreadable: z
    .int()
    .describe('folders that could not be listed and files that could not be read; what the index knew of them stays'),
  vanished: z.int().describe('names that were gone a moment after they were listed'),
  left_out: z.int().describe('names the rules left out, not counting what lies below them'),
  identified: z.int().describe('files whose content identity was computed'),
  identified_bytes: z.int(),
  duration_ms: z.int(),
  since: changesSinceSchema.optional().describe('of a scan that was asked for: what has changed since the one before'),
  interrupted: z
    .boolean()
    .optional()
    .describe('the scan was stopped: what it did until then stays, and the next one goes on from there'),
  problems: z.array(z.object({ path: z.string(), reason: z.string() })).max(MOST_PROBLEMS_NAMED),
});
export type ScanResult = z.infer<typeof scanResultSchema>;
