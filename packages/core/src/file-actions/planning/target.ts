import { FOLDER } from '../../domain/entry.ts';
import { basenameOf, parentOf, showNative } from '../../domain/native-path.ts';
import { SdError } from '../../errors.ts';
import type { FileFacts } from '../../ports/files.ts';
import type { NameLimits } from '../../ports/user-files.ts';
import { refuseInterface } from './kernel-mounts.ts';
import { pathOf } from './locate.ts';
import type { PlanningParts } from './parts.ts';
import { refuseOwnData } from './refusals.ts';

/** A folder that is there, for things to come into. */
export interface TargetFolder {
  /** Native path, without links. */
  readonly path: string;
  readonly device: number;
  readonly facts: FileFacts;
  readonly limits: NameLimits;
}

/** What `to` means: a folder that is there, or the name of one thing in one. */
export interface Target {
  readonly folder: TargetFolder;
  readonly name?: string;
}

/** Throws `NOT_FOUND`, `NOT_A_FOLDER`, `NOT_WRITABLE`, `CONFLICT`. */
export function findTarget(to: string, sources: number, parts: PlanningParts): Target {
  const path = pathOf(to, parts);
  const into = parts.disk.realFolder(path);
  if (into?.facts.type === FOLDER) return { folder: writable(into, parts) };
  const shown = showNative(path);
  const there = parts.disk.facts(path);
  if (sources > 1 || to.endsWith('/')) {
    if (there)
      throw new SdError(
        'NOT_A_FOLDER',
        `${shown} is not a folder, so ${sources > 1 ? 'several things cannot' : 'nothing can'} come into it`,
        {
          way_out: 'name a folder',
        },
      );
    throw new SdError('NOT_FOUND', `there is no folder ${shown}`, {
      way_out: `make it first: sd mkdir ${JSON.stringify(shown)}; the nearest that is there: ${showNative(parts.disk.nearest(path))}`,
    });
  }
  const above = parentOf(path);
  const folder = above === undefined ? undefined : folderThere(above, parts);
  if (folder) return { folder, name: basenameOf(path) };
  throw new SdError('NOT_FOUND', `there is no folder ${showNative(above ?? path)}`, {
    way_out: `the nearest that is there: ${showNative(parts.disk.nearest(path))}`,
  });
}

/** The folder at a path, to be written in; `undefined` where nothing is. Throws `NOT_A_FOLDER`, `NOT_WRITABLE`, `CONFLICT`. */
export function folderThere(path: string, parts: PlanningParts): TargetFolder | undefined {
  const found = parts.disk.realFolder(path);
  if (!found) return undefined;
  if (found.facts.type !== FOLDER)
    throw new SdError('NOT_A_FOLDER', `${showNative(path)} is not a folder`, { way_out: 'name a folder' });
  return writable(found, parts);
}

function writable({ path, facts }: { path: string; facts: FileFacts }, parts: PlanningParts): TargetFolder {
  refuseOwnData(path, parts);
  refuseInterface(path, parts.disk);
  const limits = parts.disk.limits({ path, device: facts.device });
  if (limits.readOnly || parts.disk.mountOf(path)?.readOnly || !parts.files.mayWriteIn(path))
    throw new SdError('NOT_WRITABLE', `nothing can be written in ${showNative(path)}`, {
      way_out: 'choose another folder, or let this user write there',
    });
  return { path, device: facts.device, facts, limits };
}
