import { z } from 'zod';
import { fileAction, sourcesSchema } from '../file-action.ts';

export const deleteEntries = fileAction({
  summary: 'Deletes files and folders for good, by a plan that was looked at.',
  name: 'entries.delete',
  input: z.object({ sources: sourcesSchema }),
  request: ({ sources }) => ({ operation: 'entries.delete', sources }),
  onlyShown: true,
});
