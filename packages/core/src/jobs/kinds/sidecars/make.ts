import { z } from 'zod';
import { locationByUuid } from '../../../db/library/locations.ts';
import { uuidSchema } from '../../../domain/ids.ts';
import { SIDECAR_KINDS } from '../../../domain/sidecar.ts';
import { SdError } from '../../../errors.ts';
import type { Library } from '../../../libraries/library.ts';
import type { Sidecars } from '../../../media/making.ts';
import { MAKING_BEGIN, type MakingScope, type MakingState, makingStateSchema } from '../../../media/making-protocol.ts';
import { type JobKind, jobKind } from '../../kind.ts';

const inputSchema = z.object({
  location: uuidSchema.optional(),
  contents: z.array(uuidSchema).max(10_000).optional(),
  kinds: z.array(z.enum(SIDECAR_KINDS)).optional(),
  retry: z.boolean().optional(),
});

export interface MakeServices {
  readonly sidecars: Pick<Sidecars, 'make'>;
  /** While it runs, searches in contents say that more may come. */
  whileFilling<T>(library: string, work: () => Promise<T>): Promise<T>;
}

/** Looks into files: facts, thumbnails, text. What is made already is not made again, whoever asks how often. */
export function makeSidecars({ sidecars, whileFilling }: MakeServices): JobKind {
  return jobKind({
    name: 'sidecars.make',
    version: 1,
    summary: 'Makes thumbnails, reads media facts and takes the text of documents',
    input: inputSchema,
    state: makingStateSchema,
    begin: () => MAKING_BEGIN,
    priority: 'background',
    // What it looks at may have changed since it began.
    equal: 'waiting',
    // Two of them would read the same files twice; a sweep must not see files whose rows are still to come.
    exclusive: () => 'sidecars',
    left: resultOf,
    async run(context, begin) {
      const scope = scopeOf(context.library, context.input);
      const filling = fillingOnce(context.library.id, whileFilling);
      try {
        const { state, finished } = await sidecars.make({
          library: context.library,
          scope,
          state: begin,
          signal: context.signal,
          onSaved(saved) {
            // Once it is to stop, the checkpoint waits until the thread has stopped.
            if (!context.stopping()) context.checkpoint(saved);
          },
          onProgress: ({ done, total, bytes, path }) =>
            context.progress({ phase: 'reading', done, total, bytes, detail: path }),
          onText: filling.begin,
          onProblem: (path, reason) => context.problem({ item: path, reason }),
        });
        if (!finished) context.checkpoint(state);
        return resultOf(state);
      } finally {
        filling.end();
      }
    },
  });
}

/** Says that the index of texts is being filled from the first text on: most runs after a small change have none. */
function fillingOnce(library: string, whileFilling: MakeServices['whileFilling']): { begin(): void; end(): void } {
  let end: (() => void) | undefined;
  return {
    begin() {
      if (end) return;
      const ended = new Promise<void>((resolve) => (end = resolve));
      // That searches say so is a courtesy: where it fails, the texts themselves will say why.
      whileFilling(library, () => ended).catch(() => undefined);
    },
    end: () => end?.(),
  };
}

/** What it did: contents looked at, files read, sidecars by what became of them. */
function resultOf({ contents, read, bytes, made, none, failed, unread }: MakingState) {
  return { contents, read, bytes, made, none, failed, unread };
}

function scopeOf(library: Library, input: z.infer<typeof inputSchema>): MakingScope {
  const location = input.location === undefined ? undefined : locationByUuid(library.db, input.location);
  if (input.location !== undefined && !location)
    throw new SdError('NOT_FOUND', 'the location has been removed meanwhile');
  return {
    ...(location ? { locations: [location.id] } : {}),
    ...(input.contents ? { contents: input.contents } : {}),
    ...(input.kinds ? { kinds: input.kinds } : {}),
    ...(input.retry ? { retry: true } : {}),
  };
}
