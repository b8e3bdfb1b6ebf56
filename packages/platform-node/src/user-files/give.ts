import { type BigIntStats, type Stats, fchmodSync, fchownSync, fstatSync } from 'node:fs';
import type { Place } from './attribute-calls.ts';
import { copyAttributes } from './attributes.ts';
import { setFileTimes } from './times.ts';

const PERMISSIONS = 0o7777;
const AS_ITS_OWNER = 0o4000;
const AS_ITS_GROUP = 0o2000;
/** FAT counts in steps of two seconds. */
const COARSEST_MS = 2_000;

/**
 * Gives an open file or folder what another one is beside its bytes. What the system refuses is no error but answered,
 * and so is what it took and did not keep, as FAT does: the facts are looked at last. `made`: of the new one, before.
 */
export function giveFile(from: Place, facts: BigIntStats, to: number, made: Stats): { lost: string[]; facts: Stats } {
  const attributes = giveOwnerAndAttributes(from, facts, to, made);
  attempt(() => setFileTimes(to, facts));
  const given = giveMode(facts, to);
  return { lost: [...attributes, ...notKept(facts, given)], facts: given };
}

/** The same without the times: for new bytes in the place of old ones. */
export function giveRights(from: Place, facts: BigIntStats, to: number, made: Stats): void {
  giveOwnerAndAttributes(from, facts, to, made);
  giveMode(facts, to);
}

/** A new owner ends the rights to run as the owner, rights end the right to write attributes: in this order, and rights last. */
function giveOwnerAndAttributes(from: Place, facts: BigIntStats, to: number, made: Stats): string[] {
  giveOwner(facts, to, made);
  return copyAttributes(from, to);
}

function giveMode(facts: BigIntStats, to: number): Stats {
  const given = fstatSync(to);
  const mode = modeToGive(facts, given);
  if ((given.mode & PERMISSIONS) === mode || !attempt(() => fchmodSync(to, mode))) return given;
  return fstatSync(to);
}

function giveOwner({ uid, gid }: BigIntStats, to: number, made: Stats): void {
  const [user, group] = [Number(uid), Number(gid)];
  if (process.platform === 'win32' || (made.uid === user && made.gid === group)) return;
  // Who may not give it away may still give it to another of their groups.
  if (!attempt(() => fchownSync(to, user, group))) attempt(() => fchownSync(to, made.uid, group));
}

/** A program that runs as its owner keeps that right only where it keeps the owner. */
function modeToGive(facts: BigIntStats, { uid, gid }: Stats): number {
  const mode = Number(facts.mode) & PERMISSIONS;
  const kept = (uid === Number(facts.uid) ? AS_ITS_OWNER : 0) | (gid === Number(facts.gid) ? AS_ITS_GROUP : 0);
  return mode & (~(AS_ITS_OWNER | AS_ITS_GROUP) | kept);
}

export function notKept(facts: BigIntStats, given: Stats): string[] {
  const lost: string[] = [];
  if ((given.mode & PERMISSIONS) !== (Number(facts.mode) & PERMISSIONS)) lost.push('permissions');
  if (given.uid !== Number(facts.uid) || given.gid !== Number(facts.gid)) lost.push('owner');
  if (Math.abs(given.mtimeMs - Number(facts.mtimeMs)) > COARSEST_MS) lost.push('times');
  return lost;
}

/** Whether the system did it. */
export function attempt(change: () => void): boolean {
  try {
    change();
    return true;
  } catch {
    return false;
  }
}
