import { z } from 'zod';
import { KINDS } from './kinds.ts';
import { locationSelector } from './location.ts';

const extensionSchema = z
  .string()
  .max(100)
  .regex(/^\.?[^./][^/]*$/, 'an extension, like pdf or tar.gz');

/** Which files may be duplicates of each other. */
export const duplicateFilters = {
  min_size: z.int().min(0).default(1).describe('bytes; empty files are all alike and left out by default'),
  max_size: z.int().min(0).optional(),
  kinds: z.array(z.enum(KINDS)).min(1).max(KINDS.length).optional(),
  extensions: z.array(extensionSchema).min(1).max(20).optional(),
  locations: z.array(locationSelector).min(1).max(100).optional().describe('only what lies in one of these'),
  within: z.string().min(1).max(32_768).optional().describe('only what lies below this folder'),
};
const filtersSchema = z.object(duplicateFilters);
export type DuplicateFilters = z.output<typeof filtersSchema>;

/** Whether the name ends in one of the extensions, given without the dot and in lower case; all do where there are none. */
export function hasExtension(name: string, extensions: readonly string[] | undefined): boolean {
  const lower = extensions && name.toLowerCase();
  return !extensions?.every((extension) => !lower?.endsWith(`.${extension}`));
}
