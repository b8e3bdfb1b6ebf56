import { ENTRY_TYPES, FOLDER } from '../../domain/entry.ts';
import { sizeForPeople, timeForPeople } from '../../domain/for-people.ts';
import { showNative } from '../../domain/native-path.ts';
import type { Step, StepFacts } from '../../domain/step.ts';
import { SdError } from '../../errors.ts';
import { sameInode } from '../../domain/same-inode.ts';

/** So much of what has changed is named. */
const MOST_NAMED = 20;

/** What is not as it was when a plan was made. */
export class Changes {
  readonly #named: { path: string; was: string; is: string }[] = [];
  #count = 0;

  add(path: string, was: StepFacts | undefined, is: StepFacts | undefined): void {
    this.#count++;
    if (this.#named.length < MOST_NAMED)
      this.#named.push({ path: showNative(path), was: say(was), is: sayNow(was, is) });
  }

  /** Throws `PLAN_STALE` where there are any. */
  refuse(): void {
    const [first] = this.#named;
    if (!first) return;
    const more = this.#count === 1 ? '' : `, and ${this.#count - 1} more`;
    throw new SdError('PLAN_STALE', `${first.path} was ${first.was}, and is ${first.is}${more}`, {
      changed: this.#named.map(({ path }) => path),
      changes: this.#named,
      count: this.#count,
      way_out: 'preview again and look at the new plan',
    });
  }
}

/** Whether the source of a step is what it was. What goes in one step goes with whatever is in it by now. */
export function sameSource({ kind, facts: was }: Step, is: StepFacts): boolean {
  if (was.type !== is.type || !sameInode(was.inode, is.inode) || was.device !== is.device) return false;
  if (was.type !== FOLDER) return was.size === is.size && was.mtime === is.mtime;
  // A folder that is taken apart: its time tells whether something came into it, or went.
  return (kind !== 'make_folder' && kind !== 'delete') || was.mtime === is.mtime;
}

/** Whether what is at a target is what was there. */
export function sameThere(was: StepFacts | undefined, is: StepFacts | undefined): boolean {
  if (!was || !is) return was === is;
  if (was.type !== is.type || !sameInode(was.inode, is.inode)) return false;
  return was.type === FOLDER || (was.size === is.size && was.mtime === is.mtime);
}

function say(facts: StepFacts | undefined): string {
  if (!facts) return 'not there';
  const what = ENTRY_TYPES[facts.type] ?? 'other';
  // Of a folder, when it changed is not always known, and says little.
  return facts.type === FOLDER
    ? 'a folder'
    : `a ${what} of ${sizeForPeople(facts.size)}, changed ${timeForPeople(facts.mtime / 1000)}`;
}

/** What it is now; where that sounds the same, what of it is another. */
function sayNow(was: StepFacts | undefined, is: StepFacts | undefined): string {
  const words = say(is);
  if (!was || !is || words !== say(was)) return words;
  if (!sameInode(was.inode, is.inode)) return 'another one of that name';
  return is.type === FOLDER ? 'one in which something came or went' : 'one that was written since';
}
