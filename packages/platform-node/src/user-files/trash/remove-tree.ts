import { chmodSync, lstatSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { decodeNative, joinNative } from '@sd/core/domain/native-path.ts';
import { reach } from '../../system-path.ts';
import { refusal } from '../errors.ts';

/**
 * Removes what has the path, a folder with all in it; links are removed, not followed. `onRemoved` is called for each
 * name that is gone and answers whether to go on. `false`: it was stopped. Throws `CONFLICT` before another file system.
 */
export function removeTree(path: string, onRemoved: () => boolean): boolean {
  const { dev } = reach(path, (system) => lstatSync(system));
  // Folders are met twice: to see what is in them, and when that is gone. As a list, for a tree may be deep.
  const left: { path: string; emptied: boolean }[] = [{ path, emptied: false }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { path: at, emptied } = next;
    const isFolder = emptied || isFolderOn(at, dev);
    if (isFolder && !emptied) {
      left.push({ path: at, emptied: true });
      for (const name of namesIn(at)) left.push({ path: joinNative(at, name), emptied: false });
      continue;
    }
    reach(at, isFolder ? rmdirSync : unlinkSync);
    if (!onRemoved()) return false;
  }
  return true;
}

/** Throws where the folder is another disk's: what is on that was never thrown away. */
function isFolderOn(path: string, device: number): boolean {
  const facts = reach(path, (system) => lstatSync(system));
  if (facts.isDirectory() && facts.dev !== device) throw refusal('CONFLICT', path, 'lies on another disk');
  return facts.isDirectory();
}

const OWNERS = 0o700;

/** A folder that was made read only can be emptied by who owns it, once it is not. */
function namesIn(folder: string): string[] {
  reach(folder, (system) => {
    const { mode } = lstatSync(system);
    if ((mode & OWNERS) !== OWNERS && process.platform !== 'win32') chmodSync(system, (mode & 0o777) | OWNERS);
  });
  return reach(folder, (system) => readdirSync(system, { encoding: 'buffer' })).map(decodeNative);
}
