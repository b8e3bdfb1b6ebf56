import { joinNative } from '../../domain/native-path.ts';
import { temporaryName } from '../../domain/temporary-name.ts';
import { SdError } from '../../errors.ts';
import { newListing } from '../../folder-listing.ts';
import type { FileFacts, ReadFiles } from '../../ports/files.ts';
import type { UserFiles } from '../../ports/user-files.ts';
import type { Made, Ready } from './world.ts';

/** The part of a temporary name that says whose plan it is of. */
function prefixOf(plan: string): string {
  const name = temporaryName(plan, 0);
  return name.slice(0, -1);
}

/** Makes something under its temporary name, in place of what an attempt before a crash has left there. */
export function makeTemporary<T>(ports: Ports, path: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof SdError) || error.code !== 'ALREADY_EXISTS') throw error;
    const left = ports.files.facts(path);
    if (left) removeTemporary(ports, path, left);
    return make();
  }
}

/** Makes something in a folder that this plan has just made, under its own name. What fails leaves nothing there. */
export function makeInside<T>(ports: Ports, path: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof SdError) || error.code !== 'ALREADY_EXISTS') {
      const left = ports.files.facts(path);
      if (left) removeTemporary(ports, path, left);
      throw error;
    }
    throw new SdError('CONFLICT', 'something is at its target now that was not there', {}, error);
  }
}

/** Facts of what was just made. */
export function factsNow({ files }: Pick<Ports, 'files'>, path: string): FileFacts {
  const facts = files.facts(path);
  if (!facts) throw new SdError('NOT_FOUND', 'what was just made is gone');
  return facts;
}

/** Takes it away, if it is still the one that was made; what cannot be taken away is left, under a name that no index has. */
export function removeTemporary({ userFiles }: Ports, path: string, { inode }: Pick<FileFacts, 'inode'>): void {
  try {
    userFiles.remove(path, inode);
  } catch {
    // Gone with its folder or its disk, or another's.
  }
}

/** Removes all that a plan has left in folders under temporary names. */
export function sweepTemporaries(ports: Ports, plan: string, folders: Iterable<string>): void {
  const prefix = prefixOf(plan);
  for (const folder of folders) {
    for (const name of namesIn(ports.files, folder, prefix)) {
      const path = joinNative(folder, name);
      const facts = ports.files.facts(path);
      if (facts) removeTemporary(ports, path, facts);
    }
  }
}

interface Ports {
  readonly files: ReadFiles;
  readonly userFiles: UserFiles;
}

function namesIn(files: ReadFiles, folder: string, prefix: string): string[] {
  const listing = newListing();
  try {
    files.listFolder(folder, listing, (name) => !name.startsWith(prefix));
  } catch {
    return [];
  }
  return listing.names;
}

/** What was made for a step that does not get its name after all. */
export function discard(ports: Ports, made: Made | undefined): void {
  if (made) removeTemporary(ports, made.path, made.facts);
}

/** What was made of which nobody has noted the inode: what lies in a folder before the folder. */
export function discardFresh(ports: Ports, ready: readonly Ready[]): void {
  for (const { step, made } of ready.toReversed()) if (step.temporary !== made?.facts.inode) discard(ports, made);
}
