import { FOLDER } from '../../domain/entry.ts';
import { basenameOf, parentOf, showNative } from '../../domain/native-path.ts';
import type { ConflictKind, StepFacts, StepKind } from '../../domain/step.ts';
import { SdError } from '../../errors.ts';
import type { GivenStep } from '../protocol.ts';
import { Foreseen, LANDS } from '../foreseen.ts';
import { FullDisks } from './full-disks.ts';
import { sameButForCase } from '../same-name.ts';
import { checkName } from './names.ts';
import type { Planned, PlanningParts } from './parts.ts';
import { newFacts } from './plan-writer.ts';
import { several } from './warnings.ts';

/** So much of what has changed is named. */
const MOST_CHANGED = 20;

/** Plans steps that somebody else has decided on. */
export function planGiven(summary: string, steps: Iterable<GivenStep>, parts: PlanningParts): Planned {
  const given = new GivenSteps(parts);
  for (const step of steps) given.add(step);
  given.end();
  return { summary, buildsOnItself: true, ...(given.bytes > 0 ? { bytes: given.bytes } : {}) };
}

/** Writes steps that somebody else has decided on, in their order, once each was found to be as they suppose. */
class GivenSteps {
  readonly #parts: PlanningParts;
  readonly #changed: string[] = [];
  #changes = 0;
  readonly #foreseen: Foreseen;
  readonly #fullDisks: FullDisks;
  /** By native path, folders that are copied piece by piece: the step that makes the copy. */
  readonly #copied = new Map<string, number>();
  bytes = 0;

  constructor(parts: PlanningParts) {
    this.#parts = parts;
    this.#foreseen = new Foreseen(parts.files);
    this.#fullDisks = new FullDisks(parts);
  }

  add(step: GivenStep): void {
    const { out } = this.#parts;
    const facts = this.#facts(step);
    if (!facts) return;
    const there =
      step.target === undefined || this.#isOwnName(step, facts) ? undefined : this.#foreseen.at(step.target);
    if (step.expectThere && !(there && fits(there, step.expectThere))) return this.#differs(step.target ?? '');
    const lands = LANDS.has(step.kind) && step.target !== undefined;
    if (lands && step.target !== undefined) this.#checkTarget(step.target);
    // A folder that is made where one is already is the one that is meant.
    const meets =
      lands && there && !this.#foreseen.isFilled(step.target ?? '') ? conflictOf(step.kind, facts, there) : 'none';
    // A folder whose copy was made before is its source: it keeps its identity when it goes.
    const copied = step.kind === 'remove_folder' ? this.#copied.get(step.source ?? '') : undefined;
    const seq = out.add({
      kind: step.kind,
      ...(step.source === undefined || copied !== undefined ? { parent: copied } : { name: step.source }),
      ...(step.target === undefined ? {} : { target: step.target }),
      facts,
      entry: step.entry,
      ...(there && (meets !== 'none' || step.expectThere) ? { there } : {}),
      times: step.times,
      trashed: step.trashed,
      kept: step.kept,
      hash: step.hash,
      conflict: meets,
    });
    if (step.kind === 'trash' && step.source !== undefined)
      this.#fullDisks.look({ path: parentOf(step.source) ?? step.source, device: facts.device });
    if (step.kind === 'make_folder' && step.source !== undefined) this.#copied.set(step.source, seq);
    this.#count(step, facts);
    this.#foreseen.done(step.kind, facts, step.source, step.target);
  }

  /** Throws `CHANGED_SINCE` where something is not as it was supposed. */
  end(): void {
    if (this.#changes === 0) return;
    const [first = ''] = this.#changed;
    throw new SdError('CHANGED_SINCE', `${several(this.#changes, 'file has', 'files have')} changed since: ${first}`, {
      changed: this.#changed,
      count: this.#changes,
      way_out: 'what has changed since stays as it is; do by hand what is still wanted',
    });
  }

  #facts(step: GivenStep): StepFacts | undefined {
    if (step.source === undefined) return newFacts(step.kind === 'make_file' ? 0 : FOLDER, 0);
    const facts = this.#foreseen.at(step.source);
    if (facts && fits(facts, this.#expected(step, facts))) return facts;
    this.#differs(step.source);
    return undefined;
  }

  #expected({ source = '/', expect = {} }: GivenStep, { device }: StepFacts): Partial<StepFacts> {
    const { disk } = this.#parts;
    const folder = parentOf(source) ?? source;
    if (disk.facts(folder)) disk.limits({ path: folder, device });
    if (disk.keepsInodes(device)) return expect;
    const { inode: _, ...others } = expect;
    return others;
  }

  /** The folder it comes to is there, or is made by a step before. */
  #checkTarget(target: string): void {
    const { disk } = this.#parts;
    const above = parentOf(target) ?? target;
    if (this.#foreseen.isFilled(above)) return;
    const folder = disk.realFolder(above);
    if (!folder || this.#foreseen.isEmptied(above)) return this.#differs(above);
    checkName(basenameOf(target), above, disk.limits({ path: folder.path, device: folder.facts.device }));
  }

  /** Where case does not count, what is found under the new name is the thing itself. */
  #isOwnName({ kind, source, target }: GivenStep, { device }: StepFacts): boolean {
    if (kind !== 'rename' || source === undefined || target === undefined || !sameButForCase(source, target))
      return false;
    return this.#parts.disk.limits({ path: parentOf(target) ?? target, device }).caseSensitive === false;
  }

  #differs(path: string): void {
    this.#changes++;
    if (this.#changed.length < MOST_CHANGED) this.#changed.push(showNative(path));
  }

  #count({ kind, entry, source }: GivenStep, facts: StepFacts): void {
    const { out, index } = this.#parts;
    const writes = kind === 'copy' || kind === 'move';
    if (kind === 'remove_folder') return;
    out.count(facts, writes ? facts.size : 0);
    const sums = facts.type === FOLDER && entry !== undefined && kind !== 'make_folder' ? index.sums(entry) : undefined;
    if (sums) out.countBelow(sums);
    if (kind === 'trash' || kind === 'delete' || kind === 'hard_link' || kind === 'clone')
      this.bytes += source === undefined ? 0 : (sums?.bytes ?? facts.size);
  }
}

function fits(facts: StepFacts, expected: Partial<StepFacts>): boolean {
  return (Object.keys(expected) as (keyof StepFacts)[]).every(
    (key) => expected[key] === undefined || expected[key] === facts[key],
  );
}

function conflictOf(kind: StepKind, { type }: StepFacts, there: StepFacts): ConflictKind {
  if (type === FOLDER && there.type === FOLDER) return kind === 'make_folder' ? 'folder' : 'whole';
  return type === FOLDER || there.type === FOLDER ? 'type' : 'file';
}
