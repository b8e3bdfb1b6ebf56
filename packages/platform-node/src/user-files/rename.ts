import { closeSync, linkSync, lstatSync, mkdirSync, openSync, renameSync, rmdirSync, unlinkSync } from 'node:fs';
import { basenameOf, decodeNative, isWithin } from '@sd/core/domain/native-path.ts';
import { TEMPORARY_PREFIX } from '@sd/core/domain/temporary-name.ts';
import { NO_LINKS } from '../rename-new.ts';
import type { SystemPath } from '../system-path.ts';
import { type CFunction, cFunction } from './c-function.ts';
import { changeError, codeOf, refusal } from './errors.ts';
import { renameCase, sameButForCase } from './rename-case.ts';
import { reachBoth } from './two-paths.ts';

const AT_FDCWD = -100;
const RENAME_NOREPLACE = 1;
const RENAME_EXCL = 4;
/** What file systems say that rename, but cannot refuse to replace while they do: NFS, some in user space. */
const NOT_IN_ONE_STEP = new Set(['EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']);
/** What says something of the new name rather than of the old one. */
const ABOUT_TARGET = new Set(['EEXIST', 'EINVAL', 'EILSEQ', 'ENAMETOOLONG', 'ENOSPC', 'EDQUOT', 'EXDEV']);
const ZERO = Buffer.alloc(1);

/** `UserFiles.rename`. */
export function rename(from: string, to: string): void {
  if (to !== from && isWithin(to, from)) throw refusal('CONFLICT', to, 'cannot lie within itself');
  try {
    reachBoth(from, to, renameNew);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && sameButForCase(from, to)) return renameCase(from, to);
    throw changeError(error, ABOUT_TARGET.has(codeOf(error)) ? to : from);
  }
}

/** Throws `EEXIST` where something is at `to`. */
export function renameNew(from: SystemPath, to: SystemPath): void {
  const inOneStep = call();
  if (!inOneStep) return inSteps(from, to);
  try {
    inOneStep(from, to);
  } catch (error) {
    if (!NOT_IN_ONE_STEP.has(codeOf(error))) throw error;
    inSteps(from, to);
  }
}

let known: ((from: SystemPath, to: SystemPath) => void) | undefined;
let asked = false;

function call(): typeof known {
  if (asked) return known;
  asked = true;
  const passed = (path: SystemPath): SystemPath => (typeof path === 'string' ? path : Buffer.concat([path, ZERO]));
  let found: CFunction | undefined;
  if (process.platform === 'darwin') {
    found = cFunction('int renamex_np(const char *from, const char *to, unsigned int flags)');
    known = found && ((from, to) => void found?.(passed(from), passed(to), RENAME_EXCL));
  } else {
    found = cFunction('int renameat2(int a, const char *from, int b, const char *to, unsigned int flags)');
    known = found && ((from, to) => void found?.(AT_FDCWD, passed(from), AT_FDCWD, passed(to), RENAME_NOREPLACE));
  }
  return known;
}

/** The new name is taken first, so that nobody else can: by the file itself, or by what only its maker replaces. */
function inSteps(from: SystemPath, to: SystemPath): void {
  const facts = lstatSync(from);
  if (facts.isDirectory()) {
    mkdirSync(to, 0o700);
    return replaceReserved(from, to, () => rmdirSync(to));
  }
  try {
    linkSync(from, to);
  } catch (error) {
    if (NO_LINKS.has(codeOf(error))) {
      closeSync(openSync(to, 'wx', 0o600));
      return replaceReserved(from, to, () => unlinkSync(to));
    }
    if (codeOf(error) !== 'EEXIST' || !wasInterrupted(from, to)) throw error;
  }
  unlinkSync(from);
}

function replaceReserved(from: SystemPath, to: SystemPath, giveBack: () => void): void {
  try {
    renameSync(from, to);
  } catch (error) {
    giveBack();
    throw error;
  }
}

/** A file of a plan's that has both of its names was given the second by us; a person's file may have two of its own. */
function wasInterrupted(from: SystemPath, to: SystemPath): boolean {
  if (!basenameOf(decodeNative(Buffer.from(from))).startsWith(TEMPORARY_PREFIX)) return false;
  const [a, b] = [lstatSync(from, { bigint: true }), lstatSync(to, { bigint: true })];
  return a.ino === b.ino && a.dev === b.dev;
}
