import { z } from 'zod';

/** How many problems a scan names one by one; the rest is counted. */
export const MOST_PROBLEMS_NAMED = 100;

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
  interrupted: z
    .boolean()
    .optional()
    .describe('the scan was stopped: what it did until then stays, and the next one goes on from there'),
  problems: z.array(z.object({ path: z.string(), reason: z.string() })).max(MOST_PROBLEMS_NAMED),
});
export type ScanResult = z.infer<typeof scanResultSchema>;
