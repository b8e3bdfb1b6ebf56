import type { FoundStep } from '../../db/actions/steps.ts';
import { type ErrorCode, type SdError, asSdError } from '../../errors.ts';
import type { CarryWorld, Settled } from './world.ts';

/** What ends the whole: told again once it has passed, the plan goes on. */
const ENDS_ALL: ReadonlySet<ErrorCode> = new Set(['DISK_FULL', 'OFFLINE', 'LIBRARY_CLOSED', 'INTERNAL']);
/** What may be so because a disk is gone. */
const MAY_BE_OFFLINE: ReadonlySet<ErrorCode> = new Set([
  'NOT_FOUND',
  'IO',
  'NOT_READABLE',
  'NOT_WRITABLE',
  'NOT_A_FOLDER',
]);

/** Whether nothing that comes after it need be tried. */
export function endsAll({ code }: { readonly code: ErrorCode }): boolean {
  return ENDS_ALL.has(code);
}

/** A step that failed, or the error where it ends all. */
export function failedStep(world: CarryWorld, step: FoundStep, error: unknown): Settled | SdError {
  const known = asSdError(error);
  if (endsAll(known)) return known;
  try {
    if (MAY_BE_OFFLINE.has(known.code)) world.places.check();
  } catch (offline) {
    return asSdError(offline);
  }
  if (step.kind === 'make_folder') world.paths.settled(step, undefined);
  const { code, message } = known;
  return { step, state: 'failed', outcome: { error: { code, message } }, changes: [] };
}
