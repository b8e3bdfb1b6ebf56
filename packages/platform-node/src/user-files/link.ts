import { linkSync, lstatSync } from 'node:fs';
import type { SystemPath } from '../system-path.ts';
import { changeError, codeOf, refusal } from './errors.ts';
import { reachBoth } from './two-paths.ts';

/** `UserFiles.link`. */
export function link(existing: string, path: string): void {
  try {
    reachBoth(existing, path, (from, to) => {
      try {
        linkSync(from, to);
      } catch (error) {
        if (codeOf(error) === 'EPERM' && isOurs(from))
          throw refusal('UNAVAILABLE', path, 'lies on a file system where a file has one name only', error);
        throw error;
      }
    });
  } catch (error) {
    throw changeError(error, codeOf(error) === 'EPERM' ? existing : path);
  }
}

/** Linux also says `EPERM` of files of other users that one may not write. */
function isOurs(path: SystemPath): boolean {
  const facts = lstatSync(path);
  const user = process.geteuid?.();
  return !facts.isDirectory() && (user === 0 || facts.uid === user);
}
