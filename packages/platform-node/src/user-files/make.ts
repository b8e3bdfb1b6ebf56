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
import { personsMask } from '../persons-mask.ts';
import { reach } from '../system-path.ts';
import type { Place } from './attribute-calls.ts';
import { attributeNames } from './attributes.ts';
import { changing } from './errors.ts';
import { attempt } from './give.ts';

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
const SPECIAL = 0o7000;

/** `UserFiles.makeFolder`: as any program of this user's makes one. */
export function makeFolder(path: string): void {
  changing(path, () =>
    reach(path, (system) => {
      mkdirSync(system, 0o777);
      giveRights(system, { rights: 0o777, made: lstatSync(system) }, (mode) => chmodSync(system, mode));
    }),
  );
}

/** `UserFiles.makeFile`. */
export function makeFile(path: string): void {
  changing(path, () =>
    reach(path, (system) => {
      const file = openSync(system, NEW_FILE, 0o666);
      giveRights(file, { rights: 0o666, made: fstatSync(file) }, (mode) => fchmodSync(file, mode));
      closeSync(file);
    }),
  );
}

/** Those that the person's other programs would give, where the folder above does not say which (by a default ACL). */
function giveRights(
  place: Place,
  { rights, made }: { rights: number; made: Stats },
  give: (mode: number) => void,
): void {
  const mask = personsMask();
  if (mask === undefined || process.platform === 'win32') return;
  if (attributeNames(place).some((name) => name.startsWith('system.posix_acl_'))) return;
  // Folders take over from the one above who their files belong to.
  attempt(() => give((made.mode & SPECIAL) | (rights & ~mask)));
}
