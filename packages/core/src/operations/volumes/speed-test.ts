import { z } from 'zod';
import { uuidSchema } from '../../domain/ids.ts';
import { volumeSelector } from '../../domain/volume.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { action, observed } from '../../operation.ts';

const MIB = 2 ** 20;

export const speedTest = action({
  summary: 'Measures how fast a volume is written and read, with a temporary file of ours, in the background.',
  name: 'volumes.speed_test',
  scope: 'library',
  input: z.object({
    volume: volumeSelector,
    bytes: z
      .int()
      .min(MIB)
      .max(16 * 1024 * MIB)
      .default(256 * MIB)
      .describe('size of the file; at most half of the room that is free'),
  }),
  output: z.object({ volume: uuidSchema, name: z.string(), job: jobInfoSchema }),
  errors: ['NOT_FOUND', 'OFFLINE', 'CONFLICT', 'NOT_WRITABLE', 'DISK_FULL', 'IO'],
  permissions: ['library.write', 'files.read'],

  async preview({ volumes, library }, { volume, bytes }) {
    const found = await volumes.find(volume, library);
    await volumes.checkSpeedTest(found.id, bytes);
    return {
      plan: {
        summary: `Write a temporary file to "${found.name}", read it back, and remove it.`,
        steps: [{ what: 'write, read and remove', target: found.mount_path ?? found.name }],
        bytes,
        conflicts: [],
        warnings: [],
      },
      basis: { volume: found.id, mounted: found.mounted },
    };
  },

  async commit({ volumes, library, jobs }, { volume, bytes }) {
    const { id, name } = await volumes.find(volume, library);
    await volumes.checkSpeedTest(id, bytes);
    const job = await jobs.enqueue({
      library: library.id,
      kind: 'volumes.speed_test',
      priority: 'user',
      subject: name,
      input: { volume: id, bytes },
    });
    return { volume: id, name, job };
  },

  async verify({ volumes, library, jobs }, _input, { volume, job }) {
    const now = (await volumes.list(library)).find(({ id }) => id === volume);
    return observed(
      ['job', 'completed', jobs.info(job.id).state],
      ['result kept', 'yes', (now?.speed?.at ?? 0) >= job.created_at ? 'yes' : 'no'],
    );
  },
});
