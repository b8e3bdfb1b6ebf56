import { z } from 'zod';
import { PERFORMANCE_SETTINGS } from '../../domain/settings.ts';
import { query } from '../../operation.ts';

export const coreStatus = query({
  summary: 'What the daemon is and does, measured now: libraries, services, jobs, connections, memory.',
  name: 'core.status',
  scope: 'core',
  input: z.strictObject({}),
  output: z.object({
    version: z.string(),
    protocol: z.int(),
    stopping: z.boolean(),
    uptime_ms: z.int(),
    device: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
    libraries: z
      .array(z.object({ id: z.string(), name: z.string(), state: z.string(), locations: z.int().optional() }))
      .readonly(),
    services: z
      .array(
        z.object({ name: z.string(), state: z.enum(['running', 'stopped', 'failed']), detail: z.string().optional() }),
      )
      .readonly(),
    jobs: z.object({ running: z.int(), queued: z.int(), paused: z.int() }),
    performance: z.object({
      setting: z.enum(PERFORMANCE_SETTINGS),
      effective: z.enum(PERFORMANCE_SETTINGS).describe('what holds now'),
      reason: z.enum(['setting', 'on battery']),
    }),
    sessions: z.int(),
    event_subscribers: z.int(),
    host: z.record(z.string(), z.unknown()).optional().describe('Of the process: pid, rss_bytes, sockets, log_file, …'),
  }),
  errors: [],
  permissions: ['core.read'],
  run: (context) => context.status(),
});
