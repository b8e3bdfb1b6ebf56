import type { FoundStep } from '../../db/actions/steps.ts';
import type { ReadFiles } from '../../platform.ts';
import type { DonePlace } from './inverse-of.ts';

/** Whether the disk is as it was before a step, as far as one look tells: an undo that was left half done took it back. */
export function isTakenBack(step: FoundStep, { source, target }: DonePlace, files: Pick<ReadFiles, 'facts'>): boolean {
  const [before, after] = [look(files, source), look(files, target)];
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
      return before !== undefined && (after === undefined || after.inode !== came?.inode);
    case 'trash':
    case 'remove_folder':
      return before !== undefined;
    case 'set_times':
      return before?.mtime === step.outcome?.before?.mtime;
    case 'hard_link':
    case 'clone':
      return before?.inode === step.facts.inode;
    case 'delete':
      return false;
  }
}

function look(files: Pick<ReadFiles, 'facts'>, path: string | undefined) {
  return path === undefined ? undefined : files.facts(path);
}
