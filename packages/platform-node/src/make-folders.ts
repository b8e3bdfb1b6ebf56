import { mkdirSync, statSync } from 'node:fs';
import { parentOf } from '@sd/core/domain/native-path.ts';
import { reach } from './system-path.ts';

/**
 * Makes a folder, and those above it that are not there. One by one: Node's own `recursive` never returns where the
 * system says of a name in a folder that is there that nothing is (in /proc, say), and calls a read-only disk missing.
 */
export function makeFolders(path: string, mode: number): void {
  try {
    makeOne(path, mode);
  } catch (error) {
    const above = parentOf(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === undefined || isFolder(above)) throw error;
    makeFolders(above, mode);
    makeOne(path, mode);
  }
}

function makeOne(path: string, mode: number): void {
  try {
    reach(path, (system) => mkdirSync(system, mode));
  } catch (error) {
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  try {
    return reach(path, (system) => statSync(system).isDirectory());
  } catch {
    return false;
  }
}
