import { z } from 'zod';
import { uuidSchema } from './ids.ts';

/** How many entries and contents an action may be about. */
export const MOST_TARGETS = 100_000;
const MOST_PATHS = 10_000;

/**
 * What an action is about: any of these, together. What is named is to be in the index; a search's result is what it
 * finds when the action is previewed or committed.
 */
export const targetsSchema = z
  .object({
    paths: z.array(z.string().min(1).max(32_768)).min(1).max(MOST_PATHS).describe('paths, local://… or content://…'),
    entries: z
      .array(z.union([z.int().min(1), uuidSchema]))
      .min(1)
      .max(MOST_TARGETS)
      .describe('ids or UUIDs'),
    contents: z.array(uuidSchema).min(1).max(MOST_TARGETS),
    search: z
      .record(z.string().max(100), z.unknown())
      .describe('the input of search.files: all that it finds, up to 100,000 entries'),
  })
  .partial()
  .refine(
    (targets) => Object.values(targets).some((named) => named !== undefined),
    'name paths, entries, contents or a search',
  );
export type Targets = z.output<typeof targetsSchema>;

/** Of what something is said: of the entry alone, or of its content, which every copy of the file has. */
const SCOPES = ['entry', 'content'] as const;
export const onSchema = z
  .enum(SCOPES)
  .optional()
  .describe('by default of the content, where a file has a known one: it holds for every copy, wherever it is moved');
export type On = z.output<typeof onSchema>;
