import type { ReaderTask } from '../operation.ts';
import { resolveTargets } from './resolve-targets.ts';

/** What operations have done in reader threads, beside queries. */
export const readerTasks: readonly ReaderTask[] = [resolveTargets];
