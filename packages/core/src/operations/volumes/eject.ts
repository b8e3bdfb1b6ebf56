import { z } from 'zod';
import type { ReadContext } from '../../context.ts';
import { uuidSchema } from '../../domain/ids.ts';
import { type VolumeView, volumeSelector } from '../../domain/volume.ts';
import { SdError } from '../../errors.ts';
import { action, observed } from '../../operation.ts';

export const ejectVolume = action({
  summary: 'Unmounts a volume, never by force, and lets go of its device where it is removable.',
  name: 'volumes.eject',
  scope: 'any',
  input: z.object({ volume: volumeSelector }),
  output: z.object({ ejected: uuidSchema, name: z.string() }),
  errors: ['NOT_FOUND', 'OFFLINE', 'CONFLICT', 'NOT_WRITABLE', 'UNAVAILABLE', 'IO'],
  permissions: ['core.manage'],

  async preview({ volumes, library, jobs }, { volume }) {
    const found = await volumes.find(volume, library);
    const busy = jobsOn(found, { volumes, jobs });
    return {
      plan: {
        summary: `Unmount "${found.name}".`,
        steps: found.mount_paths.map((target) => ({ what: 'unmount', target })),
        conflicts: [],
        warnings: [
          ...busy.map((subject) => `${subject} is being worked on: it would be refused`),
          ...volumes.users(found.id).map(({ name }) => `"${name}" will be offline; what is known of it stays`),
        ],
      },
      basis: { volume: found.id, mounted: found.mounted },
    };
  },

  async commit({ volumes, library, jobs }, { volume }) {
    const found = await volumes.find(volume, library);
    if (found.kind === 'system')
      throw new SdError('CONFLICT', `"${found.name}" is the volume the system runs from`, {});
    const [subject] = jobsOn(found, { volumes, jobs });
    if (subject !== undefined)
      throw new SdError('CONFLICT', `a job works on ${subject}, which lies on "${found.name}"`, {
        way_out: 'wait until it is done, or pause it: sd job list',
      });
    await volumes.eject(found.id);
    return { ejected: found.id, name: found.name };
  },

  async verify({ volumes, library }, _input, { ejected }) {
    const now = (await volumes.list(library)).find(({ id }) => id === ejected);
    return observed(['mounted', false, now?.mounted ?? false]);
  },
});

/** What running jobs work on, where that is on the volume. */
function jobsOn({ id }: VolumeView, { volumes, jobs }: Pick<ReadContext, 'volumes' | 'jobs'>): string[] {
  const locations = new Set(volumes.users(id).map(({ location }) => location));
  return jobs
    .list({ states: ['running'] })
    .filter(({ input }) => input['volume'] === id || locations.has(String(input['location'])))
    .map(({ subject }) => JSON.stringify(subject));
}
