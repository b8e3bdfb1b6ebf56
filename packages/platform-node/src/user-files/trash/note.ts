import { closeSync, ftruncateSync, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { encodeNative, namesBelow } from '@sd/core/domain/native-path.ts';
import { isNothingThere } from '../../fs-errors.ts';
import { toSystem } from '../../system-path.ts';
import { codeOf } from '../errors.ts';
import { type Can, factsOf } from './can.ts';

/** A line of ours. Whoever reads a note skips lines that the specification does not name. */
const OURS = 'X-Spacedrive=1';
/** No note is longer: a path has 4,095 bytes, of three characters each. */
const LONGEST = 16 * 1024;
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT']);

/**
 * Makes the note of what is about to come into the trash. It takes the name there for us alone, which is why it is made
 * also where the disk is so full that nothing can be written into it: what goes to the trash then takes no room. Throws
 * `EEXIST`.
 */
export function makeNote(note: string, path: string, can: Can): void {
  const file = openSync(toSystem(note), 'wx', 0o600);
  try {
    writeFileSync(file, noteOf(path, can, new Date()));
  } catch (error) {
    if (!isNoRoom(error)) {
      unlinkSync(toSystem(note));
      throw error;
    }
    ftruncateSync(file);
  } finally {
    closeSync(file);
  }
}

/** Whether it is for want of room that something was not written. */
export function isNoRoom(error: unknown): boolean {
  return NO_ROOM.has(codeOf(error));
}

/** Writes what a note has to say that was made when there was no room for it. Throws `ENOSPC` while there is none. */
export function completeNote(note: string, path: string, can: Can, when: Date): void {
  const facts = factsOf(note);
  if (facts?.isFile() && facts.size === 0) fill(note, noteOf(path, can, when));
}

/** Whether we have made it, for what was at the path. */
export function isOurNote(note: string, path: string, can: Can): boolean {
  try {
    const facts = factsOf(note);
    if (!facts?.isFile() || facts.size > LONGEST) return false;
    const lines = readFileSync(toSystem(note), 'latin1').split('\n');
    return lines.includes(OURS) && lines.includes(pathLine(path, can));
  } catch (error) {
    if (isNothingThere(error)) return false;
    throw error;
  }
}

function fill(note: string, text: string): void {
  const file = openSync(toSystem(note), 'r+');
  try {
    writeFileSync(file, text);
  } catch (error) {
    ftruncateSync(file);
    throw error;
  } finally {
    closeSync(file);
  }
}

/** What the Trash specification keeps of a file: where it was and when it went. */
function noteOf(path: string, can: Can, when: Date): string {
  return `[Trash Info]\n${pathLine(path, can)}\nDeletionDate=${localTime(when)}\n${OURS}\n`;
}

function pathLine(path: string, { top }: Can): string {
  return `Path=${percentEncoded(top === undefined ? path : (namesBelow(top, path) ?? [path]).join('/'))}`;
}

/** As in a URL (RFC 2396), byte by byte, `/` kept. */
function percentEncoded(path: string): string {
  let text = '';
  for (const byte of encodeNative(path)) {
    const character = String.fromCharCode(byte);
    text += /[A-Za-z0-9\-_.!~*'()/]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}

function localTime(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
