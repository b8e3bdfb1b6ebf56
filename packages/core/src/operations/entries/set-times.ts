import { z } from 'zod';
import { fileAction, sourcesSchema } from '../file-action.ts';

/** Milliseconds since the epoch, within what file systems can hold. */
const timeSchema = z.int().min(0).max(253_402_300_799_999);

export const setTimes = fileAction({
  summary: 'Sets the times of files and folders.',
  name: 'entries.set_times',
  input: z
    .object({
      sources: sourcesSchema,
      modified: timeSchema.optional().describe('milliseconds since the epoch; as it is, by default'),
      accessed: timeSchema.optional().describe('the same'),
    })
    .refine(({ modified, accessed }) => modified !== undefined || accessed !== undefined, 'give a time to set'),
  request: ({ sources, modified, accessed }) => ({
    operation: 'entries.set_times',
    sources,
    times: {
      ...(modified === undefined ? {} : { modified: modified * 1000 }),
      ...(accessed === undefined ? {} : { accessed: accessed * 1000 }),
    },
  }),
});
