import { z } from 'zod';
import { SIDECAR_KINDS } from '../domain/sidecar.ts';
import type { MediaLimits, MediaOutcome } from '../ports/media.ts';

const wantSchema = z.enum(['facts', 'thumbnails', 'text']);
/** Far above what a picture of the largest size takes. */
const LARGEST_IMAGE = 16 * 2 ** 20;
const LONGEST_REASON = 10_000;

const outcomeSchema = z.object({
  format: z.string().max(100).exactOptional(),
  // Each is looked at by itself, see `believedFacts`.
  facts: z.record(z.string(), z.unknown()).exactOptional(),
  images: z
    .array(
      z.object({
        kind: z.enum(SIDECAR_KINDS),
        bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= LARGEST_IMAGE),
      }),
    )
    .max(SIDECAR_KINDS.length)
    .exactOptional(),
  text: z.string().exactOptional(),
  problems: z
    .array(
      z.object({
        want: wantSchema,
        reason: z.string().transform((reason) => reason.slice(0, LONGEST_REASON)),
        broken: z.boolean().exactOptional(),
        tool: z.string().max(100).exactOptional(),
      }),
    )
    .max(100),
});

/**
 * What a process that looked into a hostile file answers, as far as it is an answer; `undefined`: it is none. A text is
 * cut where it was to end.
 */
export function believedOutcome(answered: unknown, { textLength }: MediaLimits): MediaOutcome | undefined {
  const { success, data } = outcomeSchema.safeParse(answered);
  if (!success) return undefined;
  return data.text === undefined ? data : { ...data, text: data.text.slice(0, textLength).toWellFormed() };
}
