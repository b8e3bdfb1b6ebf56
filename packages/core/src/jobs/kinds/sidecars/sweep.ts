import { z } from 'zod';
import type { Library } from '../../../libraries/library.ts';
import type { Sidecars } from '../../../media/making.ts';
import type { SweptTextsResult } from '../../../media/sweep-texts.ts';
import { type JobKind, jobKind } from '../../kind.ts';

export interface SweepSidecarServices {
  readonly sidecars: Pick<Sidecars, 'sweep'>;
  /** The same for the index of texts. */
  sweepTexts(library: Library, signal: AbortSignal): Promise<SweptTextsResult>;
}

/** Removes what was derived from contents that are gone. Each of its steps can be repeated. */
export function sweepSidecars({ sidecars, sweepTexts }: SweepSidecarServices): JobKind {
  return jobKind({
    name: 'sidecars.sweep',
    version: 1,
    summary: 'Removes thumbnails, media facts and texts of contents that no file has any more',
    input: z.object({}),
    state: z.object({}),
    begin: () => ({}),
    priority: 'background',
    equal: 'waiting',
    exclusive: () => 'sidecars',
    async run({ library, signal, progress, checkpoint }) {
      progress({ phase: 'sweep', done: 0 });
      const { result, finished } = await sidecars.sweep(library, signal);
      const { texts, lostTexts } = finished ? await sweepTexts(library, signal) : { texts: 0, lostTexts: 0 };
      if (!finished || signal.aborted) checkpoint({});
      return { ...result, texts, lost: result.lost + lostTexts };
    },
  });
}
