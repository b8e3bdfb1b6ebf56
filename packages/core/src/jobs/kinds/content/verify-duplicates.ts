import { z } from 'zod';
import { contentByUuid } from '../../../db/library/contents.ts';
import { locationByUuid } from '../../../db/library/locations.ts';
import type { DuplicateScope } from '../../../db/library/duplicates.ts';
import { uuidSchema } from '../../../domain/ids.ts';
import { KINDS, KIND_CODES } from '../../../domain/kinds.ts';
import { showNative } from '../../../domain/native-path.ts';
import { SdError } from '../../../errors.ts';
import type { VerifyFully } from '../../../hashing/full-hashing.ts';
import { VERIFY_BEGIN, type VerifyState, verifyStateSchema } from '../../../hashing/verify-protocol.ts';
import type { Library } from '../../../libraries/library.ts';
import type { JobProblems } from '../../job-manager.ts';
import { type JobKind, jobKind } from '../../kind.ts';

const inputSchema = z.object({
  content_ids: z.array(uuidSchema).max(1000).optional(),
  min_size: z.int().min(0),
  max_size: z.int().min(0).optional(),
  kinds: z.array(z.enum(KINDS)).optional(),
  extensions: z.array(z.string()).optional(),
  /** Of jobs that were asked for when it was one. */
  location: uuidSchema.optional(),
  locations: z.array(uuidSchema).optional(),
});

/** Hashes files that may be duplicates to their last byte. Its result is a `VerifyResult`. */
export function verifyDuplicates(verifyFully: VerifyFully): JobKind {
  return jobKind({
    name: 'content.verify_duplicates',
    version: 1,
    summary: 'Compares files that may be duplicates by the hash of all their bytes',
    input: inputSchema,
    state: verifyStateSchema,
    begin: () => VERIFY_BEGIN,
    // Two of them would read the same files twice.
    exclusive: () => 'content.verify_duplicates',
    left: resultOf,
    async run(context, begin) {
      context.progress({ phase: 'finding candidates', done: begin.files, bytes: begin.bytes });
      const { state, finished } = await verifyFully({
        library: context.library.access,
        scope: scopeOf(context.library, context.input),
        state: begin,
        signal: context.signal,
        onSaved(saved) {
          context.problems(problemsOf(saved));
          // Once it is to stop, the checkpoint waits until the thread has stopped.
          if (!context.stopping()) context.checkpoint(saved);
        },
        onProgress: ({ files, filesTotal, bytes, bytesTotal, path }) =>
          context.progress({
            phase: 'hashing',
            done: files,
            total: filesTotal,
            bytes,
            bytes_total: bytesTotal,
            detail: showNative(path),
          }),
      });
      context.problems(problemsOf(state));
      if (!finished) context.checkpoint(state);
      return resultOf(state);
    },
  });
}

function problemsOf({ problems, named }: VerifyState): JobProblems {
  return { count: problems, named: named.map(({ path, reason }) => ({ item: path, reason })) };
}

/** What a verification found; sizes in bytes. */
function resultOf({
  contents,
  files,
  bytes,
  hashed,
  equal,
  differing,
  incomplete,
  reclaimable,
  problems,
  named,
}: VerifyState) {
  return {
    groups: contents,
    files,
    bytes,
    hashed,
    equal,
    differing,
    incomplete,
    reclaimable_bytes: reclaimable,
    problems,
    named_problems: named,
  };
}

function scopeOf(library: Library, input: z.infer<typeof inputSchema>): DuplicateScope {
  const named = input.locations ?? (input.location === undefined ? undefined : [input.location]);
  const below = named?.map((uuid) => {
    const location = locationByUuid(library.db, uuid);
    if (!location) throw new SdError('NOT_FOUND', 'the location has been removed meanwhile');
    return location.root_entry_id;
  });
  return {
    minSize: input.min_size,
    maxSize: input.max_size,
    kinds: input.kinds?.map((kind) => KIND_CODES[kind]),
    extensions: input.extensions?.map((extension) => extension.replace(/^\./, '').toLowerCase()),
    ...(input.content_ids
      ? { contents: input.content_ids.flatMap((id) => contentByUuid(library.db, id)?.id ?? []) }
      : {}),
    ...(below ? { below } : {}),
  };
}
