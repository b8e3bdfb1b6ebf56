import { z } from 'zod';
import { volumeViewSchema } from '../../domain/volume.ts';
import { action, observed } from '../../operation.ts';

export const refreshVolumes = action({
  summary: 'Looks at what is mounted now, and finds the locations that lie on it.',
  name: 'volumes.refresh',
  scope: 'any',
  input: z.object({}),
  output: z.object({ volumes: z.array(volumeViewSchema) }),
  errors: ['UNAVAILABLE', 'IO'],
  permissions: ['core.manage'],

  preview() {
    return {
      plan: {
        summary: 'Look at what is mounted, and at the folders of locations. Nothing on a disk is changed.',
        steps: [{ what: 'look', target: 'all volumes' }],
        conflicts: [],
        warnings: [],
      },
      basis: {},
    };
  },

  async commit({ volumes, library }) {
    await volumes.look();
    return { volumes: await volumes.list(library) };
  },

  async verify({ volumes, library }, _input, output) {
    const mounted = (all: readonly { mounted: boolean }[]): number => all.filter((one) => one.mounted).length;
    return observed(['mounted volumes', mounted(output.volumes), mounted(await volumes.list(library))]);
  },
});
