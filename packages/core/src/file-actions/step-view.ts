import { FOLDER } from '../domain/entry.ts';
import { sizeForPeople, timeForPeople } from '../domain/for-people.ts';
import { showNative } from '../domain/native-path.ts';
import { CHOICES_OF, type ConflictPolicy, type Step, type StepKind, type StepProgress } from '../domain/step.ts';
import type { Conflict, PlanStep } from '../domain/plan.ts';
import { choiceOf } from './choices.ts';
import type { StepPlace } from './step-paths.ts';

const WHAT: Readonly<Record<StepKind, string>> = {
  make_folder: 'create folder',
  make_file: 'create file',
  copy: 'copy',
  rename: 'move',
  move: 'move',
  remove_folder: 'remove empty folder',
  trash: 'move to trash',
  restore: 'restore',
  delete: 'delete',
  set_times: 'set times',
  hard_link: 'make a hard link',
  clone: 'make a clone',
};
const DETAIL: Partial<Record<StepKind, string>> = {
  rename: 'by its name alone',
  move: 'copied, compared, then removed here',
};
/** What becomes of a copy; `kept` is the file that stays. */
const COPY_GOES: Partial<Record<StepKind, (kept: string) => string>> = {
  trash: (kept) => `${kept} stays`,
  hard_link: (kept) => `becomes another name of ${kept}`,
  clone: (kept) => `shares its bytes with ${kept}`,
};

/** A step as people see it. */
export function stepView(
  step: Step & Partial<StepProgress>,
  { source, target }: StepPlace,
): PlanStep & { seq: number } {
  const { kind, facts } = step;
  const goes = target === undefined ? undefined : COPY_GOES[kind]?.(showNative(target));
  // Of what only goes, and of what comes back, there is one path.
  const [to, from] =
    target === undefined || goes !== undefined ? [source] : [target, kind === 'restore' ? undefined : source];
  const detail = goes ?? DETAIL[kind];
  return {
    seq: step.seq,
    what: WHAT[kind],
    target: showNative(to ?? ''),
    ...(from === undefined ? {} : { source: showNative(from) }),
    ...(facts.type === FOLDER ? {} : { bytes: facts.size }),
    ...(detail === undefined ? {} : { detail }),
    ...(step.conflict === 'none' ? {} : { conflict: String(step.seq) }),
  };
}

/** The conflict of a step as it is asked about. */
export function conflictView(step: Step, { source, target }: StepPlace, policy: ConflictPolicy): Conflict {
  const choices = CHOICES_OF[step.conflict];
  return {
    id: String(step.seq),
    about: about(step, showNative(target ?? ''), showNative(source ?? '')),
    choices,
    default: choiceOf(step, {}, policy) ?? choices[0] ?? 'skip',
  };
}

function about({ conflict, facts, there }: Step, target: string, source: string): string {
  if (conflict === 'whole') return `the folder ${target} is there already, and what comes does not merge with it`;
  if (conflict === 'folder') return `the folder ${target} is there already`;
  if (conflict === 'twice') return `${target} would come from two places`;
  if (conflict === 'type')
    return facts.type === FOLDER
      ? `${target} is there already, and no folder`
      : `${target} is there already, and a folder`;
  return `${target} is there already: ${sizeAndTime(there)}; ${source === '' ? 'what comes' : source} has ${sizeAndTime(facts)}`;
}

function sizeAndTime(facts: Step['there']): string {
  if (!facts) return 'nothing known of it';
  return `${sizeForPeople(facts.size)} of ${timeForPeople(facts.mtime / 1000)}`;
}
