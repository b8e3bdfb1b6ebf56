import { isWithin } from '../domain/native-path.ts';
import type { Mount } from '../ports/mounts.ts';

/**
 * Why changes below a path are not told, `undefined` where they are: the system tells what is done through itself, and
 * on a share, or behind a program that makes up a file system, things change without it.
 */
export function whyUnwatchable(path: string, mounts: readonly Mount[]): string | undefined {
  const mount = mounts.filter((candidate) => isWithin(path, candidate.path)).reduce(innermost, undefined);
  if (!mount) return undefined;
  if (mount.network) return `it is on a network file system (${mount.fileSystem}), which does not tell of changes`;
  if (mount.fileSystem === 'fuse' || mount.fileSystem.startsWith('fuse.'))
    return `it is on a file system made by a program (${mount.fileSystem}), which may not tell of changes`;
  return undefined;
}

/** Of two at the same place the later one covers the earlier. */
function innermost(found: Mount | undefined, mount: Mount): Mount {
  return found && found.path.length > mount.path.length ? found : mount;
}
