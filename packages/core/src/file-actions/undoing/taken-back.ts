import type { FoundStep } from '../../db/actions/steps.ts';
import { placeOfTrashed } from '../../db/library/trashed.ts';
import { FOLDER } from '../../domain/entry.ts';
import type { StepFacts } from '../../domain/step.ts';
import type { FileFacts } from '../../ports/files.ts';
import type { InverseParts } from '../planning/parts.ts';
import type { DonePlace } from './inverse-of.ts';

/**
 * Whether the disk is as it was before a step, as far as one look tells: an undo that was left half done took it back.
 * Another file of that name, which somebody made since, is none that came back.
 */
export function isTakenBack(
  step: FoundStep,
  { source, target }: DonePlace,
  { files, db }: Pick<InverseParts, 'files' | 'db'>,
): boolean {
  const look = (path: string | undefined): FileFacts | undefined =>
    path === undefined ? undefined : files.facts(path);
  const [before, after] = [look(source), look(target)];
  const came = step.outcome?.facts;
  switch (step.kind) {
    case 'make_folder':
    case 'make_file':
    case 'copy':
    case 'restore':
      return after === undefined || after.inode !== came?.inode;
    case 'rename':
      return before !== undefined && before.inode === step.facts.inode;
    case 'move':
      return isWhatWent(before, step.facts) && (after === undefined || after.inode !== came?.inode);
    case 'trash':
      // What came back is in the trash no more, whatever became of it since.
      return before !== undefined && !isInTrash(step);
    case 'remove_folder':
      return before?.type === FOLDER;
    case 'set_times':
      return before?.mtime === step.outcome?.before?.mtime;
    case 'hard_link':
    case 'clone':
      return before?.inode === step.facts.inode;
    case 'delete':
      return false;
  }

  function isInTrash({ outcome }: FoundStep): boolean {
    return outcome?.trashed !== undefined && placeOfTrashed(db, outcome.trashed) !== undefined;
  }
}

/** The file itself, or the copy of it that a move from another file system made. */
function isWhatWent(there: FileFacts | undefined, went: StepFacts): boolean {
  if (there === undefined || there.type !== went.type) return false;
  return there.inode === went.inode || went.type === FOLDER || (there.size === went.size && there.mtime === went.mtime);
}
