import { duplicateGroups } from '../db/library/duplicates.ts';
import { PrivateEntries } from '../db/library/private-entries.ts';
import type { HasTag } from '../domain/keep-rules.ts';
import type { GivenStep } from '../file-actions/protocol.ts';
import { parentOf } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import type { FileFacts, ReadFiles } from '../ports/files.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import type { DedupeChoice } from './choice.ts';
import { type Ways, decide } from './decide.ts';
import { type GroupFile, GroupLooker } from './group-files.ts';
import { Report } from './report.ts';
import { ownTags } from './own-tags.ts';

/** So many copies go in one plan; those that free most. */
const MOST_STEPS = 100_000;
const MOST_GROUPS = 200_000;

/** What the file systems allow, asked by path. */
export interface DedupeDisk {
  sameFileSystem(one: OnDisk, other: OnDisk): boolean;
  mountOf(path: string): { readonly copyOnWrite: boolean } | undefined;
  limits(at: OnDisk): { readonly lacks: readonly string[] };
}
interface OnDisk {
  readonly path: string;
  readonly device: number;
}

export interface DedupeParts {
  readonly db: ReadConnection;
  readonly files: ReadFiles;
  readonly disk: DedupeDisk;
  /** UUID of this device. */
  readonly device: string;
  checkCancelled(): void;
}

export interface DedupePlan {
  readonly summary: string;
  readonly steps: readonly GivenStep[];
  readonly warnings: readonly string[];
  /** Bytes that are free in the end. */
  readonly bytes: number;
}

/**
 * What goes and what stays, group by group. Throws `UNAVAILABLE` where it was asked for in a way that no file system of
 * theirs has.
 */
export function dedupePlan(choice: DedupeChoice, parts: DedupeParts): DedupePlan {
  const { db, checkCancelled } = parts;
  const hidden = choice.private ? undefined : new PrivateEntries(db);
  const scope = { ...choice.scope, without: hidden && [...hidden.tops] };
  const looker = new GroupLooker(parts, scope, hidden);
  const hasTag = ownTags(db);
  const ways = waysOf(parts.disk);
  const report = new Report(choice, hidden?.isEmpty === false);
  const steps: GivenStep[] = [];
  for (const group of duplicateGroups(db, scope, { limit: MOST_GROUPS }).groups) {
    checkCancelled();
    const found = looker.look(group);
    const decision = decide(found.files, choice, { ways, hasTag });
    report.add(group, found, decision);
    for (const file of decision?.go ?? []) {
      if (hasOwn(file, hasTag)) report.tagged++;
      steps.push(...stepsOf(choice, file, decision?.keep ?? file));
    }
    if (steps.length < MOST_STEPS) continue;
    report.isCut = true;
    break;
  }
  if (steps.length === 0 && report.stays('no_such_way') > 0) {
    throw new SdError(
      'UNAVAILABLE',
      choice.way === 'reflink'
        ? 'the file systems of these files cannot share bytes between files'
        : 'the file systems of these files have no hard links',
      { way_out: choice.way === 'reflink' ? 'use hard_link or trash' : 'use trash' },
    );
  }
  return { summary: report.summary(), steps, warnings: report.warnings(), bytes: report.bytes };
}

/** A step for each name; the file is compared with the one that stays right before. */
function stepsOf({ way }: DedupeChoice, file: GroupFile, keep: GroupFile): GivenStep[] {
  const kind = way === 'reflink' ? 'clone' : way;
  const kept = keep.facts && { target: keep.paths[0], expectThere: plain(keep.facts) };
  return file.names.map(({ path, entry }) => ({
    kind,
    source: path,
    entry,
    ...(file.facts ? { expect: plain(file.facts) } : {}),
    ...(kept ?? { hash: keep.hash }),
  }));
}

function plain({ type, size, mtime, inode, device }: FileFacts) {
  return { type, size, mtime, inode, device };
}

function hasOwn({ ids }: GroupFile, hasTag: HasTag): boolean {
  return ids.some((id) => hasTag(id, 'any'));
}

function waysOf(disk: DedupeDisk): Ways {
  const at = ({ paths, facts }: GroupFile): OnDisk => ({
    path: parentOf(paths[0]) ?? '/',
    device: facts?.device ?? -1,
  });
  return {
    sameFileSystem: (one, other) => disk.sameFileSystem(at(one), at(other)),
    hardLinks: (file) => !disk.limits(at(file)).lacks.includes('hard_links'),
    clones: (file) => disk.mountOf(file.paths[0])?.copyOnWrite === true,
  };
}
