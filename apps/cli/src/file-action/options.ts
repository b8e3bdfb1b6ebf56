import { choices, flag } from '../declare/option.ts';

const POLICIES = ['ask', 'skip', 'replace', 'keep-both', 'merge', 'newer', 'larger'] as const;

/** Of every command that changes files. */
export const FILE_OPTIONS = {
  allSteps: flag('with --dry-run: print every step, however many there are'),
  verify: flag('when it is done, look at everything again and say what is there; of copies, compare every byte'),
  noWait: flag('do not wait until it is done'),
};

/** Of those that bring something to a place where something may be. */
export const TARGET_OPTIONS = {
  onConflict: choices(
    'POLICY',
    POLICIES,
    'what to do about a file that is there already; the one that is replaced goes to the trash. Folders are merged. Of several the first that is possible: a file is not newer than a folder. Asked for if left out, on a terminal',
  ),
  ...FILE_OPTIONS,
};

/** As the daemon calls them. */
export function policiesOf(words: readonly (typeof POLICIES)[number][] = []): readonly string[] {
  return words.map((word) => word.replace('-', '_'));
}

/** The methods that all of them may call. */
export const FILE_CALLS = ['query:plans.steps', 'query:jobs.info', 'action:jobs.cancel'] as const;
