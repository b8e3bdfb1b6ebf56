import { parentOf } from '../../domain/native-path.ts';
import type { StepFacts } from '../../domain/step.ts';
import type { FileFacts, ReadFiles } from '../../ports/files.ts';

/**
 * Whether what a step made was taken away by somebody since: it needs no undo. Where its disk is away instead, another
 * file system is in its place, or none.
 */
export function isGoneSince(target: string, left: StepFacts | undefined, files: Pick<ReadFiles, 'facts'>): boolean {
  return left !== undefined && !files.facts(target) && nearest(target, files)?.device === left.device;
}

/** The folder it lay in, or of those above the first that is there. */
function nearest(path: string, files: Pick<ReadFiles, 'facts'>): FileFacts | undefined {
  for (let at = parentOf(path); at !== undefined; at = parentOf(at)) {
    const facts = files.facts(at);
    if (facts) return facts;
  }
  return undefined;
}
