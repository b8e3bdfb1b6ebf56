import { findPlan } from '../../db/actions/plans.ts';
import { topTargets } from '../../db/actions/progress.ts';
import type { FoundStep } from '../../db/actions/steps.ts';
import { FOLDER } from '../../domain/entry.ts';
import { basenameOf, joinNative, parentOf } from '../../domain/native-path.ts';
import { numberedName } from '../../domain/numbered-name.ts';
import type { ConflictPolicy } from '../../domain/step.ts';
import { SdError } from '../../errors.ts';
import type { FileFacts, ReadFiles } from '../../ports/files.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { UserFiles } from '../../ports/user-files.ts';
import type { Decisions } from '../../domain/plan.ts';
import { planHeadOf } from '../plan-head.ts';
import { type Effect, choiceOf, effectOf } from '../choices.ts';

interface ChooserPorts {
  readonly files: ReadFiles;
  readonly userFiles: Pick<UserFiles, 'limits'>;
}

/** What was chosen for the conflicts of a plan. */
export class Chooser {
  /** Steps suppose what those before them have done. */
  readonly buildsOnItself: boolean;
  readonly #db: ReadConnection;
  readonly #files: ReadFiles;
  readonly #limits: UserFiles['limits'];
  readonly #plan: string;
  readonly #decisions: Decisions;
  readonly #policy: ConflictPolicy;
  /** Paths of steps at the top, in lower case, once somebody has asked. */
  #planned: ReadonlySet<string> | undefined;

  constructor(db: ReadConnection, { files, userFiles }: ChooserPorts, plan: string) {
    this.#db = db;
    this.#files = files;
    this.#limits = (folder) => userFiles.limits(folder);
    this.#plan = plan;
    const row = findPlan(db, plan);
    if (!row) throw new SdError('NOT_FOUND', 'the plan is not there any more');
    this.#decisions = row.decisions ?? {};
    const { policy, buildsOnItself = false } = planHeadOf(row);
    this.#policy = policy;
    this.buildsOnItself = buildsOnItself;
  }

  /** What to do about what is at the target now. Throws `CONFLICT` where nobody was asked about it: it was not there. */
  effect(step: FoundStep, there: FileFacts): Effect {
    if (step.conflict === 'none') throw new SdError('CONFLICT', 'something is at its target now that was not there');
    const choice = choiceOf(step, this.#decisions, this.#policy);
    if (!choice) throw new SdError('CONFLICT', 'something is at its target, and nothing was chosen for that');
    return effectOf({ facts: step.facts, there }, choice);
  }

  /** The first numbered path that nothing has, and that no other step of the plan is going to have. */
  freePath(step: FoundStep, source: string | undefined, target: string): string {
    for (const path of this.numbered(step, target))
      if (!this.#files.facts(path) && !this.#isPlanned(step, source, path)) return path;
    throw new Error('there is always another number');
  }

  /** The numbered paths beside a target, from the first. */
  *numbered({ facts: { type } }: Pick<FoundStep, 'facts'>, target: string): Generator<string> {
    const folder = parentOf(target) ?? '/';
    const longest = this.#limits(folder).nameLength;
    for (let number = 2; ; number++)
      yield joinNative(folder, numberedName(basenameOf(target), number, { folder: type === FOLDER, longest }));
  }

  /** Below a folder, steps have the names that their sources have beside one another. */
  #isPlanned(step: FoundStep, source: string | undefined, path: string): boolean {
    if (step.parent !== undefined) {
      const folder = source === undefined ? undefined : parentOf(source);
      return folder !== undefined && this.#files.facts(joinNative(folder, basenameOf(path))) !== undefined;
    }
    this.#planned ??= new Set(topTargets(this.#db, this.#plan).map((target) => target.toLowerCase()));
    return this.#planned.has(path.toLowerCase());
  }
}
