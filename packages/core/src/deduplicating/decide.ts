import { type HasTag, compareToKeep } from '../domain/keep-rules.ts';
import type { DedupeChoice } from './choice.ts';
import type { GroupFile } from './group-files.ts';

/** Why a copy stays although another is kept. */
export type StayReason =
  /** It has names that are not among those that go: taking these away would free nothing. */
  | 'other_names'
  /** Hard links and clones reach no other file system. */
  | 'other_file_system'
  /** The file system has no hard links, or no clones. */
  | 'no_such_way';

export interface Decision {
  readonly keep: GroupFile;
  readonly go: readonly GroupFile[];
  readonly stay: readonly StayReason[];
}

/** What the file systems of two files allow. */
export interface Ways {
  sameFileSystem(one: GroupFile, other: GroupFile): boolean;
  hardLinks(file: GroupFile): boolean;
  clones(file: GroupFile): boolean;
}

/**
 * Which file of a group stays, and which go. `undefined` where there is nothing to decide: no two of them count as
 * copies now. One always stays.
 */
export function decide(
  files: readonly GroupFile[],
  choice: DedupeChoice,
  { ways, hasTag }: { readonly ways: Ways; readonly hasTag: HasTag },
): Decision | undefined {
  const counting = files.filter((file) => counts(file, choice));
  const [keep, ...others] = counting.toSorted((one, other) => compareToKeep(one, other, choice.keep, hasTag));
  const here = others.filter(({ isHere }) => isHere);
  if (!keep || here.length === 0) return undefined;
  const go: GroupFile[] = [];
  const stay: StayReason[] = [];
  for (const file of here) {
    const reason = reasonToStay(file, keep, choice.way, ways);
    if (reason) stay.push(reason);
    else go.push(file);
  }
  return { keep, go, stay };
}

/** Where all would rest on a disk that nobody can look at now, only what was read to its last byte is worth that much. */
export function counts(file: GroupFile, { way, countOffline }: DedupeChoice): boolean {
  return file.isHere || (countOffline && way === 'trash' && file.hash !== undefined);
}

function reasonToStay(file: GroupFile, keep: GroupFile, way: DedupeChoice['way'], ways: Ways): StayReason | undefined {
  if (file.facts && file.facts.links > file.names.length) return 'other_names';
  if (way === 'trash') return undefined;
  if (!ways.sameFileSystem(file, keep)) return 'other_file_system';
  if (way === 'hard_link' ? !ways.hardLinks(file) : !ways.clones(file)) return 'no_such_way';
  return undefined;
}
