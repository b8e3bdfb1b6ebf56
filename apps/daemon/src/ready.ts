import { closeSync, writeSync } from 'node:fs';
import type { SdError } from '@sd/core/errors.ts';

/** Tells whoever started us, once. Nobody may be listening any more. */
export function tellReady(descriptor: number | undefined, outcome: { ready: true } | { error: SdError }): void {
  if (descriptor === undefined) return;
  const told =
    'error' in outcome
      ? { error: { code: outcome.error.code, message: outcome.error.message, data: outcome.error.data } }
      : outcome;
  try {
    writeSync(descriptor, `${JSON.stringify(told)}\n`);
    closeSync(descriptor);
  } catch {
    // They have gone, or never were there.
  }
}
