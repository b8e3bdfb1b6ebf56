import { z } from 'zod';
import { lastEntryId } from '../../../db/library/exported-rows.ts';
import { uuidSchema } from '../../../domain/ids.ts';
import { exportExtent } from '../../../exporting/extent.ts';
import { type ExportServices, exportJob } from '../../export-job.ts';
import type { JobKind } from '../../kind.ts';

/** Writes what a library knows of its entries to a file. */
export function exportLibrary(services: ExportServices): JobKind {
  return exportJob(services, {
    name: 'library.export',
    summary: 'Writes what the library knows of its entries to a file',
    input: {
      location: uuidSchema.optional(),
      /** Entry of the folder. */
      within: z.int().optional(),
      private: z.boolean(),
    },
    subject(db, input) {
      const { scope, entries } = exportExtent(db, input);
      return { subject: { of: 'entries', scope }, expected: entries };
    },
    last: lastEntryId,
  });
}
