import { z } from 'zod';

/** What one check says of one thing. */
export const findingSchema = z.object({
  check: z.string().describe('which check, and of what'),
  state: z.enum(['ok', 'warning', 'problem']),
  seen: z.string().describe('what was measured'),
  way_out: z.string().optional().describe('what to do'),
});
export type Finding = z.infer<typeof findingSchema>;

export function ok(check: string, seen: string): Finding {
  return { check, state: 'ok', seen };
}
export function warning(check: string, seen: string, wayOut: string): Finding {
  return { check, state: 'warning', seen, way_out: wayOut };
}
export function problem(check: string, seen: string, wayOut: string): Finding {
  return { check, state: 'problem', seen, way_out: wayOut };
}
