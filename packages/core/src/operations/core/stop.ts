import { z } from 'zod';
import { action, observed } from '../../operation.ts';

export const stopCore = action({
  summary: 'Stops the daemon: jobs pause at a checkpoint and go on at the next start, writes finish, connections end.',
  name: 'core.stop',
  scope: 'core',
  input: z.strictObject({}),
  output: z.object({ stopping: z.literal(true) }),
  errors: [],
  permissions: ['core.manage'],
  preview(context) {
    const running = context.jobs.list({ states: ['running'] });
    const sessions = context.status().sessions - 1;
    return {
      plan: {
        summary: 'stops the daemon',
        steps: running.map((job) => ({
          what: 'pause',
          target: job.subject,
          detail: `${job.kind}; goes on at the next start`,
        })),
        conflicts: [],
        warnings: sessions > 0 ? [`${sessions} other ${sessions === 1 ? 'client is' : 'clients are'} connected`] : [],
      },
      basis: {},
    };
  },
  commit(context) {
    context.requestStop();
    return { stopping: true as const };
  },
  verify: (context) => observed(['stopping', true, context.status().stopping]),
});
