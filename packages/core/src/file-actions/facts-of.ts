import type { StepFacts } from '../domain/step.ts';

/** What a plan keeps of a file: without what else the disk says of it. */
export function factsOf({ type, size, mtime, inode, device }: StepFacts): StepFacts {
  return { type, size, mtime, inode, device };
}
