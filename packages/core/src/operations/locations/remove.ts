import { z } from 'zod';
import { deleteLocation, locationByUuid } from '../../db/library/locations.ts';
import { uuidSchema, uuidToText } from '../../domain/ids.ts';
import { locationSelector } from '../../domain/location.ts';
import { showNative } from '../../domain/native-path.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { findLocation, pathOfLocation } from '../../locations/find.ts';
import { action, observed } from '../../operation.ts';

const FORGOTTEN =
  'tags, ratings and notes of folders, and those given to one file alone, are forgotten; those of contents stay';

export const removeLocation = action({
  summary: 'Takes a location out of the library. The files stay where they are.',
  name: 'locations.remove',
  scope: 'library',
  input: z.object({ location: locationSelector }),
  output: z.object({ removed: uuidSchema, name: z.string(), job: jobInfoSchema }),
  errors: ['NOT_FOUND'],
  permissions: ['library.write'],

  preview({ library, device }, { location }) {
    const row = findLocation(library.db, location, device.slug);
    const files = row.files ?? 0;
    return {
      plan: {
        summary: `Forget "${row.name}" (${showNative(pathOfLocation(row))}): ${files} files leave the index. Nothing on disk is touched.`,
        steps: [
          {
            what: 'forget',
            target: showNative(pathOfLocation(row)),
            detail: `${files} files, ${row.folders ?? 0} folders`,
          },
        ],
        conflicts: [],
        warnings: [FORGOTTEN],
      },
      basis: { location: uuidToText(row.uuid), files },
    };
  },

  async commit({ library, device, jobs }, { location }) {
    const row = findLocation(library.db, location, device.slug);
    const removed = uuidToText(row.uuid);
    const path = pathOfLocation(row);
    for (const job of jobs.list({
      library: library.id,
      states: ['queued', 'running', 'paused'],
      kind: 'locations.index',
    })) {
      if (job.input['location'] === removed) await jobs.cancel(job.id);
    }
    await library.write((tx) => {
      deleteLocation(tx, row);
      tx.target(showNative(path));
      tx.emit({ resource: 'location', change: 'deleted', ids: [removed], path });
    });
    const job = await jobs.enqueue({
      library: library.id,
      kind: 'locations.sweep',
      subject: row.name,
      input: { root_entry: row.root_entry_id },
    });
    return { removed, name: row.name, job };
  },

  verify({ library }, _input, { removed }) {
    return observed(['location in the library', 'absent', locationByUuid(library.db, removed) ? 'there' : 'absent']);
  },
});
