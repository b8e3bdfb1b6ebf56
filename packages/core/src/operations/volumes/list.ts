import { z } from 'zod';
import { volumeViewSchema } from '../../domain/volume.ts';
import { query } from '../../operation.ts';

export const listVolumes = query({
  summary: 'The volumes that are mounted now, and those that the library knows and that are not.',
  name: 'volumes.list',
  scope: 'any',
  input: z.object({ tracked: z.boolean().optional().describe('only those that are tracked, or are not') }),
  output: z.object({ volumes: z.array(volumeViewSchema) }),
  errors: [],
  permissions: ['core.read'],
  async run({ volumes, library }, { tracked }) {
    const all = await volumes.list(library);
    return { volumes: tracked === undefined ? all : all.filter((one) => one.tracked === tracked) };
  },
});
