import type { ReaderTask } from '../operation.ts';
import { planSaying, planTagging } from './plan-saying.ts';
import { resolveTargets } from './resolve-targets.ts';

/** What operations have done in reader threads, beside queries. */
export const readerTasks: readonly ReaderTask[] = [resolveTargets, planTagging, planSaying];
