import {
  type Stats,
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
} from 'node:fs';
import { NEW_FILE } from '../new-file.ts';
import { personsMask } from '../persons-mask.ts';
import { type SystemPath, reach } from '../system-path.ts';
import { attributeNames } from './attributes.ts';
import { changing } from './errors.ts';
import { attempt } from './give.ts';

const SPECIAL = 0o7000;

/** `UserFiles.makeFolder`: as any program of this user's makes one. */
export function makeFolder(path: string): void {
  changing(path, () =>
    reach(path, (system) => {
      mkdirSync(system, 0o777);
      givePersonsRights(system, { rights: 0o777, made: lstatSync(system) });
    }),
  );
}

/** `UserFiles.makeFile`. */
export function makeFile(path: string): void {
  changing(path, () =>
    reach(path, (system) => {
      const file = openSync(system, constants.O_WRONLY | NEW_FILE, 0o666);
      givePersonsRights(file, { rights: 0o666, made: fstatSync(file) });
      closeSync(file);
    }),
  );
}

/** Those that the person's other programs would give, where the folder above does not say which (by a default ACL). */
export function givePersonsRights(place: SystemPath | number, { rights, made }: { rights: number; made: Stats }): void {
  const mask = personsMask();
  if (mask === undefined || process.platform === 'win32') return;
  if (attributeNames(place).some((name) => name.startsWith('system.posix_acl_'))) return;
  // Folders take over from the one above who their files belong to.
  const mode = (made.mode & SPECIAL) | (rights & ~mask);
  attempt(() => (typeof place === 'number' ? fchmodSync(place, mode) : chmodSync(place, mode)));
}
