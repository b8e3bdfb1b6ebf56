import { z } from 'zod';
import type { Library } from '../../../libraries/library.ts';
import type { Sidecars } from '../../../media/making.ts';
import { type JobKind, jobKind } from '../../kind.ts';

export interface SweepSidecarServices {
  readonly sidecars: Pick<Sidecars, 'sweep'>;
  /** Removes the texts of contents that no file has any more; answers how many. */
  sweepTexts(library: Library, signal: AbortSignal): Promise<number>;
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
      const texts = finished ? await sweepTexts(library, signal) : 0;
      if (!finished || signal.aborted) checkpoint({});
      return { ...result, texts };
    },
  });
}
