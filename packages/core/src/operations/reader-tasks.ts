import type { ReaderTask } from '../operation.ts';
import { checkQuery } from './check-query.ts';
import { resolveItems } from './collection-targets.ts';
import { countAuditTask } from './count-audit.ts';
import { countSetBackTask, lookAtUndoTask } from './look-at-undo.ts';
import { planSaying, planTagging } from './plan-saying.ts';
import { planExport, planImport, travelling } from './plan-travel.ts';
import { resolveTargets } from './resolve-targets.ts';

/** What operations have done in reader threads, beside queries. */
export const readerTasks: readonly ReaderTask[] = [
  resolveTargets,
  resolveItems,
  checkQuery,
  planTagging,
  planSaying,
  travelling,
  planExport,
  planImport,
  lookAtUndoTask,
  countSetBackTask,
  countAuditTask,
];
