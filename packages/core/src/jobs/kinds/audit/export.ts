import { z } from 'zod';
import { lastReceipt } from '../../../db/library/audit-list.ts';
import { auditFilterSchema } from '../../../domain/audit.ts';
import { type ExportServices, exportJob } from '../../export-job.ts';
import type { JobKind } from '../../kind.ts';

/** Writes the audit of a library to a file. */
export function exportAudit(services: ExportServices): JobKind {
  return exportJob(services, {
    name: 'audit.export',
    summary: 'Writes the actions on a library to a file',
    // `expected`: how many were counted when it was asked for.
    input: { filter: auditFilterSchema, expected: z.int() },
    subject: (_db, { filter, expected }) => ({ subject: { of: 'audit', filter }, expected }),
    last: lastReceipt,
  });
}
