import { ok } from '../finding.ts';
import type { Check } from '../world.ts';

/** How much of the machine background work may take; being gentle on battery is no fault. */
export const performance: Check = {
  name: 'performance',
  run({ status }) {
    const { setting, effective, reason } = status().performance;
    return [
      ok('performance', setting === effective ? setting : `${effective}, as it is ${reason} (set to ${setting})`),
    ];
  },
};
