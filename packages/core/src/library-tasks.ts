import { undoRows } from './history/undo-rows.ts';
import { applyTags, unapplyTags } from './tagging/applying.ts';
import { mergeTags, deleteTags } from './tagging/merging.ts';
import { sayMetadata } from './tagging/metadata-saying.ts';
import type { ReadTask, WriteTask } from './write-task.ts';

/** What can be done in the thread `library-tasks`. */
export const libraryTasks: readonly (ReadTask | WriteTask)[] = [
  undoRows,
  applyTags,
  unapplyTags,
  mergeTags,
  deleteTags,
  sayMetadata,
];
