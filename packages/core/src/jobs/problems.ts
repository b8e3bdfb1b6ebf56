import type { JobProblem, JobProblems } from './job-manager.ts';

export const NO_PROBLEMS: JobProblems = { count: 0, named: [] };

/** How many items are named; they are stored with each checkpoint, so there is an end to it. */
const MOST_NAMED = 100;
const MOST_TEXT = 1_000;

/** All, as far as they are kept. */
export function mostOf({ count, named }: JobProblems): JobProblems {
  return { count, named: named.slice(0, MOST_NAMED).map(cut) };
}

/** The problems with one more. An item that is named already and comes again (it was done again) counts once. */
export function withProblem(problems: JobProblems, one: JobProblem): JobProblems {
  const problem = cut(one);
  const again = problems.named.findIndex((known) => known.item === problem.item);
  if (again >= 0) return { count: problems.count, named: problems.named.with(again, problem) };
  const named = problems.named.length < MOST_NAMED ? [...problems.named, problem] : problems.named;
  return { count: problems.count + 1, named };
}

function cut({ item, reason }: JobProblem): JobProblem {
  return { item: item.slice(0, MOST_TEXT), reason: reason.slice(0, MOST_TEXT) };
}
