import { z } from 'zod';
import { uuidSchema } from '../../domain/ids.ts';
import { VOLUME_ID_FILE, volumeSelector } from '../../domain/volume.ts';
import { action, observed } from '../../operation.ts';

export const untrackVolume = action({
  summary: 'Takes a volume out of the care of the library. Locations on it stay.',
  name: 'volumes.untrack',
  scope: 'library',
  input: z.object({ volume: volumeSelector }),
  output: z.object({ untracked: uuidSchema, name: z.string() }),
  errors: ['NOT_FOUND'],
  permissions: ['library.write'],

  async preview({ volumes, library }, { volume }) {
    const found = await volumes.find(volume, library);
    return {
      plan: {
        summary: `Track "${found.name}" no longer.`,
        steps: [{ what: 'untrack', target: found.name }],
        conflicts: [],
        warnings: [
          ...(found.locations.length > 0
            ? [
                `${found.locations.map(({ name }) => name).join(', ')} lies on it: the library knows the volume as long as it does`,
              ]
            : []),
          // Other libraries, and other devices, may know the volume by it.
          ...(found.fingerprint?.startsWith('id:') ? [`the file ${VOLUME_ID_FILE} stays on it`] : []),
        ],
      },
      basis: { volume: found.id, tracked: found.tracked },
    };
  },

  async commit({ volumes, library }, { volume }) {
    const { id, name } = await volumes.find(volume, library);
    await volumes.untrack(library, id);
    return { untracked: id, name };
  },

  async verify({ volumes, library }, _input, { untracked }) {
    const now = (await volumes.list(library)).find(({ id }) => id === untracked);
    return observed(['tracked', false, now?.tracked ?? false]);
  },
});
