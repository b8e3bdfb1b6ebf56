import type { ReadTask, WriteTask } from './write-task.ts';

/** What can be done in the thread `library-tasks`. */
export const libraryTasks: readonly (ReadTask | WriteTask)[] = [];
