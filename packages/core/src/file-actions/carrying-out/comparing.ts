import type { FoundStep } from '../../db/actions/steps.ts';
import { SdError } from '../../errors.ts';
import { lookAtSource } from './source.ts';
import type { CarryWorld } from './world.ts';

/**
 * Compares a copy with the file that stays, byte by byte; answers the BLAKE3 of both. Throws `CONFLICT` where they
 * differ, are one file, or are not what was planned.
 */
export function compareWithKept(
  world: CarryWorld,
  step: FoundStep,
  path: string,
  kept: string,
): Uint8Array | 'stopped' {
  const here = lookAtSource(world, step.facts, path);
  const there = lookAtSource(world, step.there ?? step.facts, kept);
  if (here.inode === there.inode && here.device === there.device)
    throw new SdError('CONFLICT', 'they are two names of one file already');
  if (here.size !== there.size) throw new SdError('CONFLICT', 'the two files are not the same');
  return world.content.compare(path, kept, here.size, () => !world.stopped());
}

/** The same where the copy that stays is away, and only its hash is known. */
export function compareWithHash(world: CarryWorld, step: FoundStep, path: string): Uint8Array | 'stopped' {
  const { size } = lookAtSource(world, step.facts, path);
  const hash = world.content.hash(path, size, () => !world.stopped());
  if (hash?.some((byte, at) => byte !== step.hash?.[at]))
    throw new SdError('CONFLICT', 'it is not the same as the copy that stays');
  return hash ?? 'stopped';
}
