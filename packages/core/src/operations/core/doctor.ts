import { z } from 'zod';
import { findingSchema } from '../../doctor/finding.ts';
import { query } from '../../operation.ts';

export const doctor = query({
  summary: 'Looks at everything that tends to go wrong, and says what to do.',
  name: 'core.doctor',
  scope: 'core',
  input: z.object({}),
  output: z.object({
    ok: z.boolean().describe('there are no problems; there may be warnings'),
    findings: z.array(findingSchema),
    took_ms: z.int(),
  }),
  errors: [],
  permissions: ['core.read', 'library.read'],
  async run({ clock, diagnose }) {
    const began = clock.monotonic();
    const findings = await diagnose();
    return {
      ok: findings.every(({ state }) => state !== 'problem'),
      findings,
      took_ms: Math.round(clock.monotonic() - began),
    };
  },
});
