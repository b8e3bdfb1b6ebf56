import { z } from 'zod';
import { fileAction, sourcesSchema } from '../file-action.ts';

export const trashEntries = fileAction({
  summary: 'Moves files and folders to the trash: of the system where there is one, else one on the same volume.',
  name: 'entries.trash',
  input: z.object({ sources: sourcesSchema }),
  request: ({ sources }) => ({ operation: 'entries.trash', sources }),
});
