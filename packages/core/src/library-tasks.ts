import { addItems, deleteCollection, moveItems, removeItems } from './collections/changing-items.ts';
import { undoRows } from './history/undo-rows.ts';
import { applyTags, unapplyTags } from './tagging/applying.ts';
import { importFacts } from './tagging/importing.ts';
import { mergeTags, deleteTags } from './tagging/merging.ts';
import { sayMetadata } from './tagging/metadata-saying.ts';
import type { WriteTask } from './write-task.ts';

/** What can be done in the thread `library-tasks`. */
export const libraryTasks: readonly WriteTask[] = [
  undoRows,
  applyTags,
  unapplyTags,
  mergeTags,
  deleteTags,
  sayMetadata,
  importFacts,
  addItems,
  removeItems,
  moveItems,
  deleteCollection,
];
