import { z } from 'zod';
import { namedForPeople, someForPeople } from '../../domain/for-people.ts';
import { METADATA_NAMES, metadataPatch } from '../../domain/metadata.ts';
import { onSchema, targetsSchema } from '../../domain/targets.ts';
import { action, observed } from '../../operation.ts';
import { sayMetadata } from '../../tagging/metadata-saying.ts';
import { planSaying } from '../plan-saying.ts';
import { resolveTargets } from '../resolve-targets.ts';

const input = z
  .object({ targets: targetsSchema, on: onSchema, ...metadataPatch })
  .refine((given) => METADATA_NAMES.some((name) => given[name] !== undefined), 'say what changes');
type Input = z.output<typeof input>;

export const updateMetadata = action({
  summary: 'Says of files, folders or contents that they are favorites, what they are worth, or anything else.',
  name: 'metadata.update',
  scope: 'library',
  input,
  output: z.object({
    changed: z.int().describe('of how many something else holds now'),
    targets: z.int().describe('entries and contents it was about'),
  }),
  errors: ['NOT_FOUND', 'CONFLICT', 'LIMIT', 'OFFLINE', 'IO', 'DISK_FULL'],
  permissions: ['library.write', 'files.read'],

  async preview(context, { targets, on, ...patch }) {
    const planned = await context.inReader(planSaying, { targets, on, patch });
    const all = { count: planned.targets, folders: planned.folders };
    const names = METADATA_NAMES.filter((name) => patch[name] !== undefined);
    return {
      plan: {
        summary: `Change what is said of ${namedForPeople(all)}.`,
        steps: names.map((name) => ({
          what: `change ${name}`,
          target: someForPeople(planned.changes, all),
          detail: shown(patch[name]),
        })),
        conflicts: [],
        warnings: patch.hidden ? ['they will be shown only when asked for'] : [],
      },
      basis: { planned },
    };
  },

  async commit(context, { targets, on, ...patch }) {
    const resolved = await context.inReader(resolveTargets, targets);
    return context.library.writeInThread(sayMetadata, { targets: resolved, on, patch });
  },

  async verify(context, { targets, on, ...patch }) {
    const { changes } = await context.inReader(planSaying, { targets, on, patch });
    return observed(['where something else holds', 0, changes]);
  },
});

function shown(value: Input[(typeof METADATA_NAMES)[number]]): string {
  if (value === null) return 'take back';
  return typeof value === 'object' ? Object.keys(value).slice(0, 10).join(', ') : String(value);
}
