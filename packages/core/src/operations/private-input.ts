import { z } from 'zod';

/** Of queries that show entries, beside their other inputs. */
export const alsoPrivate = z
  .boolean()
  .default(false)
  .describe('also what people said to hide or gave a privacy tag, and what lies in such a folder');

/** Of their answers. */
export const privateLeftOut = z
  .int()
  .optional()
  .describe('so many of those that would be here are shown to who asks for private ones');

export function leftOut(count: number): { private_left_out?: number } {
  return count > 0 ? { private_left_out: count } : {};
}
