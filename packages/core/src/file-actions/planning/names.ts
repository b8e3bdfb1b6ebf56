import { encodeNative, showNative } from '../../domain/native-path.ts';
import { TEMPORARY_PREFIX } from '../../domain/temporary-name.ts';
import { SdError } from '../../errors.ts';
import type { NameLimits } from '../../ports/user-files.ts';

/** Why a file system does not take a name; `undefined`: it does. */
export function nameProblem(name: string, limits: NameLimits): string | undefined {
  if (lengthOf(name, limits) > limits.nameLength) return `it is longer than the ${limits.nameLength} that fit there`;
  const { forbidden } = limits;
  if (forbidden)
    for (const character of name) if (forbidden.includes(character)) return `it has a ${showNative(character)}`;
  return undefined;
}

/** Refuses a name that somebody has chosen where it can be no name, or none there. Throws `INVALID_INPUT`, `LIMIT`. */
export function checkName(name: string, folder: string, limits: NameLimits): void {
  const shown = JSON.stringify(showNative(name));
  if (name === '' || name === '.' || name === '..')
    throw new SdError('INVALID_INPUT', `${shown} is no name for a file or folder`, { way_out: 'choose another name' });
  if (name.includes('/'))
    throw new SdError('INVALID_INPUT', `${shown} has a slash: a name is not a path`, {
      way_out: 'sd mv takes it to another folder',
    });
  if (name.includes('\0')) throw new SdError('INVALID_INPUT', 'a name cannot contain a NUL byte');
  if (name.startsWith(TEMPORARY_PREFIX))
    throw new SdError(
      'INVALID_INPUT',
      `names that begin with ${TEMPORARY_PREFIX} are for copies that are not whole yet`,
      {
        way_out: 'choose another name',
      },
    );
  const problem = nameProblem(name, limits);
  if (problem !== undefined)
    throw new SdError('LIMIT', `${shown} cannot be a name in ${showNative(folder)}: ${problem}`, {
      way_out: 'choose another name',
    });
}

/** Names that are one and the same there are the same text. */
export function nameKey(name: string, limits: Pick<NameLimits, 'caseSensitive'>): string {
  return limits.caseSensitive === false ? name.normalize('NFC').toLowerCase() : name;
}

export function lengthOf(text: string, { encoding }: Pick<NameLimits, 'encoding'>): number {
  return encoding === 'utf16' ? text.length : encodeNative(text).length;
}

/** Whether a text may be longer than so many bytes: for almost all names there is nothing to count. */
export function mayExceed(text: string, bytes: number): boolean {
  return text.length * 3 > bytes;
}
