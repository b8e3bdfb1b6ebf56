import { z } from 'zod';
import { settingsSchema } from '../../domain/settings.ts';
import { query } from '../../operation.ts';

export const getSettings = query({
  summary: 'The settings of this installation, those that were never set included.',
  name: 'settings.get',
  scope: 'core',
  input: z.strictObject({}),
  output: settingsSchema,
  errors: [],
  permissions: ['core.read'],
  run: ({ settings }) => settings.get(),
});
