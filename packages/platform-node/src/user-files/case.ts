import { type Dir, lstatSync, opendirSync, readdirSync } from 'node:fs';
import { basenameOf, decodeNative, joinNative, parentOf } from '@sd/core/domain/native-path.ts';
import { reach, toSystem } from '../system-path.ts';

/** Names of a folder that are looked at for one with letters. */
const LOOKED_AT = 64;

/**
 * Whether a folder tells names apart that differ in case only, told by looking for a name of its own with its case
 * turned; `undefined` where no name can tell.
 */
export function isCaseSensitive(folder: string): boolean | undefined {
  for (const path of candidates(folder)) {
    const told = tell(path);
    if (told !== undefined) return told;
  }
  return undefined;
}

/** What is in the folder, then its own name: case may be a matter of single folders, so that this one counts most. */
function* candidates(folder: string): Iterable<string> {
  yield* firstNames(folder).map((name) => joinNative(folder, name));
  if (parentOf(folder) !== undefined && !isMountPoint(folder)) yield folder;
}

function isMountPoint(folder: string): boolean {
  const parent = parentOf(folder);
  return parent === undefined || deviceOf(folder) !== deviceOf(parent);
}

function deviceOf(path: string): number | undefined {
  return reach(path, (system) => lstatSync(system, { throwIfNoEntry: false })?.dev);
}

function firstNames(folder: string): string[] {
  let open: Dir | undefined;
  try {
    open = reach(folder, (system) => opendirSync(system as string, { encoding: 'buffer' as BufferEncoding }));
    const names: string[] = [];
    for (let next = open.readSync(); next && names.length < LOOKED_AT; next = open.readSync())
      names.push(decodeNative(next.name as unknown as Uint8Array));
    return names.filter((name) => flipped(name) !== name);
  } catch {
    return [];
  } finally {
    open?.closeSync();
  }
}

/** The other case leads to nothing: it is told apart. To the same file: it is not, or that one has two names. */
function tell(path: string): boolean | undefined {
  const name = basenameOf(path);
  const other = flipped(name);
  if (other === name) return undefined;
  try {
    const [here, there] = [path, joinNative(parentOf(path) ?? '/', other)].map((one) =>
      reach(one, (system) => lstatSync(system, { bigint: true, throwIfNoEntry: false })),
    );
    if (!here) return undefined;
    if (!there) return true;
    if (here.ino === there.ino && here.dev === there.dev)
      return here.isDirectory() || here.nlink === 1n ? false : undefined;
    // Some drivers in user space number each way of writing a name anew.
    return isWritten(joinNative(parentOf(path) ?? '/', other));
  } catch {
    return undefined;
  }
}

/** Whether the folder has the name in just these bytes. */
export function isWritten(path: string): boolean {
  const wanted = Buffer.from(toSystem(basenameOf(path)));
  const names = reach(parentOf(path) ?? '/', (folder) => readdirSync(folder, { encoding: 'buffer' }));
  return names.some((name) => name.equals(wanted));
}

function flipped(name: string): string {
  return name.replace(/[a-zA-Z]/g, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}
