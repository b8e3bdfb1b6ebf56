import type { FoundStep } from '../../db/actions/steps.ts';
import { trashItem } from '../../db/library/trash-list.ts';
import { FOLDER } from '../../domain/entry.ts';
import { showNative } from '../../domain/native-path.ts';
import type { StepFacts } from '../../domain/step.ts';
import { SdError } from '../../errors.ts';
import type { ReadFiles } from '../../ports/files.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';
import type { GivenStep } from '../protocol.ts';
import type { StepPaths } from '../step-paths.ts';
import { TrashPlaces, trashOffline } from '../trash-places.ts';
import { isGoneSince } from './gone-since.ts';

/** Native paths of a step, as it was carried out. */
export interface DonePlace {
  readonly source: string | undefined;
  readonly target: string | undefined;
}

interface Around {
  readonly db: ReadConnection;
  readonly files: Pick<ReadFiles, 'facts'>;
  readonly paths: StepPaths;
  find(seq: number): FoundStep | undefined;
}

/** What takes back one step that was done. `whole`: it made a folder with all that is in it. */
export function inverseOf(step: FoundStep, place: DonePlace, around: Around, whole: boolean): GivenStep[] {
  const { source = '', target = '' } = place;
  const { outcome = {} } = step;
  const left = outcome.facts;
  switch (whole ? 'copy' : step.kind) {
    case 'make_folder':
      // The folder alone: what came into it is taken back before, and what is in it else stays, and the folder too.
      return outcome.existed
        ? []
        : [
            ...unlessGone({ kind: 'remove_folder', source: target, expect: asLeft(left) }, left, around),
            ...backFromTrash(outcome.replaced, target, around),
          ];
    case 'make_file':
    case 'copy':
      return [
        ...unlessGone({ kind: 'trash', source: target, expect: asLeft(left) }, left, around),
        ...backFromTrash(outcome.replaced, target, around),
      ];
    case 'rename':
    case 'move':
      return [
        { kind: step.kind, source: target, target: source, expect: asLeft(left), ...entryOf(step) },
        ...backFromTrash(outcome.replaced, target, around),
      ];
    case 'remove_folder':
      return [{ kind: 'make_folder', target: source, ...copiedFrom(step, around) }];
    case 'trash':
      return backFromTrash(outcome.trashed, source, around, { ...wentAsCopyOf(step, place), ...entryOf(step) });
    case 'restore':
      return [
        {
          kind: 'trash',
          source: target,
          expect: asLeft(left),
          ...onlyAsCopy(step),
          ...entryOf(step),
          trashed: step.trashed,
        },
        ...backFromTrash(outcome.replaced, target, around),
      ];
    case 'set_times':
      return [
        {
          kind: 'set_times',
          source,
          expect: asLeft(left),
          times: { modified: outcome.before?.mtime },
          ...entryOf(step),
        },
      ];
    case 'hard_link':
    case 'clone':
      return [
        { kind: 'trash', source, expect: asLeft(left), ...entryOf(step) },
        ...backFromTrash(outcome.trashed, source, around, { ...wentAsCopyOf(step, place), ...entryOf(step) }),
      ];
    case 'delete':
      throw new SdError('CONFLICT', `${showNative(source)} was deleted for good, which cannot be undone`);
  }
}

/** What takes away what was made; nothing where somebody has done so since. */
function unlessGone(step: GivenStep & { source: string }, left: StepFacts | undefined, { files }: Around): GivenStep[] {
  return isGoneSince(step.source, left, files) ? [] : [step];
}

/** What there must still be: of a folder the folder itself, whatever came into it since; of a file, nothing else. */
function asLeft(facts: StepFacts | undefined): Partial<StepFacts> {
  if (!facts) return {};
  const { type, inode, size, mtime } = facts;
  return type === FOLDER ? { type, inode } : { type, inode, size, mtime };
}

/** Out of the trash, to where it was. Throws `CHANGED_SINCE` where it is not in it any more, `OFFLINE` where its disk is away. */
function backFromTrash(
  uuid: string | undefined,
  target: string,
  { db, files }: Around,
  more: Pick<GivenStep, 'kept' | 'hash' | 'entry'> = {},
): GivenStep[] {
  if (uuid === undefined) return [];
  const item = trashItem(db, uuid);
  if (item && files.facts(item.place)) return [{ kind: 'restore', source: item.place, target, trashed: uuid, ...more }];
  const where = item && new TrashPlaces(db, files).of(item);
  if (where?.state === 'offline') throw trashOffline(target, where.volume);
  throw new SdError('CHANGED_SINCE', `${showNative(target)} is not in the trash any more`, {
    changed: [showNative(target)],
    count: 1,
    way_out: 'what was emptied from the trash cannot come back',
  });
}

/** What the step compared with before it took something away. */
function wentAsCopyOf({ hash }: FoundStep, { target }: DonePlace): Pick<GivenStep, 'kept' | 'hash'> {
  return { ...(target === undefined ? {} : { kept: target }), ...(hash ? { hash } : {}) };
}

/** What came back goes again only as what it went before: a copy of a file that is still there, byte by byte. */
function onlyAsCopy({ kept, hash, facts }: FoundStep): Pick<GivenStep, 'target' | 'expectThere' | 'hash'> {
  const { type, size } = facts;
  return { ...(kept === undefined ? {} : { target: kept, expectThere: { type, size } }), ...(hash ? { hash } : {}) };
}

/** A folder that was moved piece by piece comes back with the times and permissions it has where it went. */
function copiedFrom(step: FoundStep, { paths, find }: Around): Pick<GivenStep, 'source' | 'expect'> {
  const made = step.parent === undefined ? undefined : find(step.parent);
  if (made?.kind !== 'make_folder' || made.outcome?.existed) return {};
  const target = made.outcome?.target ?? paths.of(made).target;
  return target === undefined ? {} : { source: target, expect: asLeft(made.outcome?.facts) };
}

function entryOf({ entry }: FoundStep): { entry?: number } {
  return entry === undefined ? {} : { entry };
}
