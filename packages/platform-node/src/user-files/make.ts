import { closeSync, constants, mkdirSync, openSync } from 'node:fs';
import { reach } from '../system-path.ts';
import { changing } from './errors.ts';

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** `UserFiles.makeFolder`: as any program of this user's makes one. */
export function makeFolder(path: string): void {
  changing(path, () => reach(path, (system) => mkdirSync(system, 0o777)));
}

/** `UserFiles.makeFile`. */
export function makeFile(path: string): void {
  changing(path, () => reach(path, (system) => closeSync(openSync(system, NEW_FILE, 0o666))));
}
