import { z } from 'zod';
import { volumeSelector, volumeViewSchema } from '../../domain/volume.ts';
import { query } from '../../operation.ts';

export const volumeInfo = query({
  summary: 'One volume.',
  name: 'volumes.info',
  scope: 'any',
  input: z.object({ volume: volumeSelector }),
  output: volumeViewSchema,
  errors: ['NOT_FOUND'],
  permissions: ['core.read'],
  run: ({ volumes, library }, { volume }) => volumes.find(volume, library),
});
