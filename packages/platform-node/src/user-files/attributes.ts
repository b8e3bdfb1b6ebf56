import { decodeNative, encodeNative } from '@sd/core/domain/native-path.ts';
import { SdError } from '@sd/core/errors.ts';
import { type AttributeCalls, type Place, attributeCalls } from './attribute-calls.ts';
import { codeOf } from './errors.ts';

/** More than Linux keeps in one attribute or one list of names; macOS may have more in a resource fork. */
const ROOM = 64 * 1024;
/** Of one attribute: what is larger is not held in memory. */
const LARGEST = 64 * 1024 * 1024;
/** What the system gives a file itself, by its rules for the place where it is made: another file's says nothing there. */
const GIVEN = new Set(['security.selinux', 'security.ima', 'security.evm', 'com.apple.provenance']);
/** Of a kind that people and their programs write; nothing need be there. */
const A_USERS = 'user.sd.none';
const ACCESS = 'system.posix_acl_';
const NOTHING_THERE = new Set(['ENODATA', 'ENOATTR']);
const NOTHING_OF_THE_KIND = new Set(['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

const room = Buffer.alloc(ROOM);

/** Names of the extended attributes, in their order; none where the file system has no such thing. */
export function attributeNames(at: Place): string[] {
  const calls = attributeCalls();
  return calls ? namesOf(calls, at) : [];
}

/** Throws `UNAVAILABLE` where there are no attributes here, and `LIMIT` for one that is too large to be read. */
export function readAttribute(at: Place, name: string): Uint8Array | undefined {
  return valueOf(needed(), at, name);
}

/** Whether files there can have attributes of a person's, as far as it can be told without making one. */
export function keepsAttributes(at: Place): boolean {
  const calls = attributeCalls();
  if (!calls) return false;
  try {
    calls.get(at, encoded(A_USERS), undefined);
    return true;
  } catch (error) {
    return !NOTHING_OF_THE_KIND.has(codeOf(error));
  }
}

/** Throws as above, and what the system says. */
export function writeAttribute(at: Place, name: string, value: Uint8Array | undefined): void {
  const calls = needed();
  if (value) return calls.set(at, encoded(name), value);
  try {
    calls.remove(at, encoded(name));
  } catch (error) {
    if (!NOTHING_THERE.has(codeOf(error))) throw error;
  }
}

/**
 * Gives one file what another has, and takes away the rights its folder gave it on its making (a default ACL), which
 * the other does not have. Answers the names of those that it could not be given.
 */
export function copyAttributes(from: Place, to: Place): string[] {
  const calls = attributeCalls();
  // What cannot be seen may be there.
  if (!calls) return ['attributes'];
  const names = namesOf(calls, from);
  const lost: string[] = [];
  // Rights last: they may take away the right to write the others.
  for (const name of names.toSorted((a, b) => Number(a.startsWith(ACCESS)) - Number(b.startsWith(ACCESS)))) {
    if (!copyOne(calls, from, to, name) && !GIVEN.has(name)) lost.push(name);
  }
  for (const name of namesOf(calls, to)) if (name.startsWith(ACCESS) && !names.includes(name)) drop(calls, to, name);
  return lost.sort();
}

function copyOne(calls: AttributeCalls, from: Place, to: Place, name: string): boolean {
  try {
    const value = valueOf(calls, from, name);
    if (value) calls.set(to, encoded(name), value);
    return true;
  } catch {
    return false;
  }
}

function drop(calls: AttributeCalls, at: Place, name: string): void {
  try {
    calls.remove(at, encoded(name));
  } catch {
    // The mode that is set afterwards limits what it allows.
  }
}

function needed(): AttributeCalls {
  const calls = attributeCalls();
  if (!calls) throw new SdError('UNAVAILABLE', 'extended attributes cannot be reached on this system');
  return calls;
}

function namesOf(calls: AttributeCalls, at: Place): string[] {
  try {
    const list = filled((into) => calls.list(at, into));
    if (list.length === 0) return [];
    const names: string[] = [];
    for (let from = 0, end = list.indexOf(0); end >= 0; from = end + 1, end = list.indexOf(0, from))
      names.push(decodeNative(list.subarray(from, end)));
    return names.sort();
  } catch (error) {
    if (NOTHING_OF_THE_KIND.has(codeOf(error))) return [];
    throw error;
  }
}

function valueOf(calls: AttributeCalls, at: Place, name: string): Uint8Array | undefined {
  const bytes = encoded(name);
  try {
    return Uint8Array.from(filled((into) => calls.get(at, bytes, into)));
  } catch (error) {
    if (NOTHING_THERE.has(codeOf(error))) return undefined;
    throw error;
  }
}

/** What was read into the room that is kept, or into more where that is too little. */
function filled(read: (into: Buffer | undefined) => number): Buffer {
  try {
    return room.subarray(0, read(room));
  } catch (error) {
    if (codeOf(error) !== 'ERANGE') throw error;
  }
  const size = read(undefined);
  if (size > LARGEST) throw new SdError('LIMIT', 'an extended attribute is too large to be read', { bytes: size });
  // Somebody may be writing it: with some room on top, or it fails and is read by whoever tries again.
  const more = Buffer.alloc(size + ROOM);
  return more.subarray(0, read(more));
}

function encoded(name: string): Buffer {
  return Buffer.concat([encodeNative(name), ZERO]);
}
const ZERO = Buffer.alloc(1);
