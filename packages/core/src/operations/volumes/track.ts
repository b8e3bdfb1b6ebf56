import { z } from 'zod';
import { VOLUME_ID_FILE, volumeSelector, volumeViewSchema } from '../../domain/volume.ts';
import { action, observed } from '../../operation.ts';

export const trackVolume = action({
  summary: 'Puts a volume under the care of the library, to be known wherever it is mounted.',
  name: 'volumes.track',
  scope: 'library',
  input: z.object({ volume: volumeSelector }),
  output: z.object({ volume: volumeViewSchema }),
  errors: ['NOT_FOUND', 'OFFLINE', 'CONFLICT', 'NOT_WRITABLE', 'NOT_READABLE', 'DISK_FULL', 'IO'],
  permissions: ['library.write', 'files.read'],

  async preview({ volumes, library }, { volume }) {
    const found = await volumes.find(volume, library);
    const needsFile = found.fingerprint === undefined && found.clone_of === undefined;
    return {
      plan: {
        summary: found.tracked ? `"${found.name}" is tracked already.` : `Track "${found.name}".`,
        steps: [
          { what: 'track', target: found.name, detail: found.fingerprint ?? 'by an id of its own' },
          ...(needsFile && !found.tracked
            ? [
                {
                  what: 'write',
                  target: `${found.mount_path?.replace(/\/$/, '') ?? ''}/${VOLUME_ID_FILE}`,
                  detail: 'a small file with that id: nothing else tells the volume from another one',
                },
              ]
            : []),
        ],
        conflicts: [],
        warnings: [
          ...(found.clone_of ? ['another volume with the same UUID is mounted: this one cannot be tracked'] : []),
          ...(needsFile && found.read_only ? ['it is mounted read-only: the file cannot be written'] : []),
        ],
      },
      basis: { volume: found.id, tracked: found.tracked, writes: needsFile },
    };
  },

  async commit({ volumes, library }, { volume }) {
    const found = await volumes.find(volume, library);
    const id = await volumes.track(library, found.id);
    return { volume: await volumes.find(id, library) };
  },

  async verify({ volumes, library }, _input, { volume }) {
    const now = (await volumes.list(library)).find(({ id }) => id === volume.id);
    return observed(['tracked', true, now?.tracked], ['fingerprint', volume.fingerprint, now?.fingerprint]);
  },
});
