import { z } from 'zod';

/** How much of the machine background work may take. */
export const PERFORMANCE_SETTINGS = ['gentle', 'balanced', 'full'] as const;
export type PerformanceSetting = (typeof PERFORMANCE_SETTINGS)[number];

/** What a user can set of the whole installation. Unknown names are refused. */
export const settingsSchema = z.strictObject({
  performance: z
    .enum(PERFORMANCE_SETTINGS)
    .describe('how much of the machine background work may take; on battery it is always gentle'),
});
export type Settings = z.infer<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = { performance: 'balanced' };
