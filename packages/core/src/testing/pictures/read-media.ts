import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeMedia } from '@sd/platform-node/media/media.ts';
import { FILE_LIMITS } from '../../media/limits.ts';
import type { MediaLimits, MediaOutcome } from '../../ports/media.ts';

/** Reads bytes as a file of that name, in this process. */
export async function readMedia(
  name: string,
  bytes: Uint8Array,
  limits: Partial<MediaLimits> = {},
): Promise<MediaOutcome & { readonly facts: Readonly<Record<string, unknown>> }> {
  const folder = mkdtempSync(join(tmpdir(), 'sd-media-'));
  try {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const outcome = await nodeMedia.read({
      path,
      name,
      size: bytes.length,
      wants: ['facts', 'thumbnails'],
      limits: { ...FILE_LIMITS, ...limits },
    });
    return { ...outcome, facts: outcome.facts ?? {} };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Why there are no thumbnails. */
export function reasonOf(outcome: MediaOutcome): string | undefined {
  return outcome.problems.find(({ want }) => want === 'thumbnails')?.reason;
}
