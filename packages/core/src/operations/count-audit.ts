import { countAudit } from '../db/library/audit-list.ts';
import type { AuditFilter } from '../domain/audit.ts';
import type { ReaderTask } from '../operation.ts';

/** How many actions fit a filter. */
export const countAuditTask: ReaderTask<AuditFilter, number> = {
  name: 'audit.count',
  run: ({ library }, filter) => countAudit(library.db, filter),
};
