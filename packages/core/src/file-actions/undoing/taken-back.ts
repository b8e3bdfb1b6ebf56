import type { FoundStep } from '../../db/actions/steps.ts';
import { placeOfTrashed } from '../../db/library/trashed.ts';
import { FOLDER } from '../../domain/entry.ts';
import type { StepFacts } from '../../domain/step.ts';
import type { FileFacts } from '../../ports/files.ts';
import { isSameFile } from '../../domain/same-inode.ts';
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
      return !isThere(came, after);
    case 'rename':
      return isThere(step.facts, before);
    case 'move':
      return isWhatWent(before, step.facts) && !isThere(came, after);
    case 'trash':
      // What came back is in the trash no more, whatever became of it since.
      return before !== undefined && !isInTrash(step);
    case 'remove_folder':
      return before?.type === FOLDER;
    case 'set_times':
      return before?.mtime === step.outcome?.before?.mtime;
    case 'hard_link':
    case 'clone':
      return isThere(step.facts, before);
    case 'delete':
      return false;
  }

  function isInTrash({ outcome }: FoundStep): boolean {
    return outcome?.trashed !== undefined && placeOfTrashed(db, outcome.trashed) !== undefined;
  }
}

function isThere(facts: StepFacts | undefined, now: FileFacts | undefined): boolean {
  return facts !== undefined && now !== undefined && isSameFile(facts, now);
}

/** The file itself, or the copy of it that a move from another file system made. */
function isWhatWent(there: FileFacts | undefined, went: StepFacts): boolean {
  if (there === undefined || there.type !== went.type) return false;
  return isSameFile(went, there) || went.type === FOLDER || (there.size === went.size && there.mtime === went.mtime);
}
