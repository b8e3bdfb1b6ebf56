import { z } from 'zod';
import { volumeSelector, volumeViewSchema } from '../../domain/volume.ts';
import { action, observed } from '../../operation.ts';

export const renameVolume = action({
  summary: 'Gives a volume another name in the library. Its label on the disk stays.',
  name: 'volumes.rename',
  scope: 'library',
  input: z.object({ volume: volumeSelector, name: z.string().trim().min(1).max(200) }),
  output: z.object({ volume: volumeViewSchema }),
  errors: ['NOT_FOUND'],
  permissions: ['library.write'],

  async preview({ volumes, library }, { volume, name }) {
    const found = await volumes.find(volume, library);
    return {
      plan: {
        summary: `Rename "${found.name}" to "${name}" in this library.`,
        steps: found.name === name ? [] : [{ what: 'rename', target: found.name, detail: name }],
        conflicts: [],
        warnings: [],
      },
      basis: { volume: found.id, name: found.name },
    };
  },

  async commit({ volumes, library }, { volume, name }) {
    const { id } = await volumes.find(volume, library);
    await volumes.rename(library, id, name);
    return { volume: await volumes.find(id, library) };
  },

  async verify({ volumes, library }, { name }, { volume }) {
    const now = (await volumes.list(library)).find(({ id }) => id === volume.id);
    return observed(['name', name, now?.name]);
  },
});
