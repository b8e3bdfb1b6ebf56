import type { MetadataPatch } from '../domain/metadata.ts';
import type { On, Targets } from '../domain/targets.ts';
import type { ReaderTask } from '../operation.ts';
import { planMetadata } from '../tagging/metadata-planning.ts';
import { type PlannedTags, planTags } from '../tagging/planning.ts';
import { resolveTargets } from './resolve-targets.ts';

interface TaggingInput {
  readonly targets: Targets;
  readonly on: On;
  readonly tags: readonly string[];
  /** What does not exist is made. */
  readonly create?: boolean;
  /** Tags are to be taken: looks where they hold, and not where they would be said. */
  readonly taking?: boolean;
}

/** What giving or taking tags would come to; `digest` and `named` are of the targets. */
export const planTagging: ReaderTask<TaggingInput, PlannedTags & { digest: string; named: number }> = {
  name: 'tags.plan',
  async run(context, { targets, create = false, taking = false, ...input }) {
    const resolved = await resolveTargets.run(context, targets);
    const planned = planTags(context.library.db, { ...input, create, taking, targets: resolved });
    return { ...planned, digest: resolved.digest, named: resolved.entries.length };
  },
};

interface SayingInput {
  readonly targets: Targets;
  readonly on: On;
  readonly patch: MetadataPatch;
}

/** How many targets a patch would change something of. */
export const planSaying: ReaderTask<
  SayingInput,
  { changes: number; targets: number; folders: number; digest: string }
> = {
  name: 'metadata.plan',
  async run(context, { targets, on, patch }) {
    const resolved = await resolveTargets.run(context, targets);
    const { folders, digest } = resolved;
    return { ...planMetadata(context.library.db, { targets: resolved, on, patch }), folders, digest };
  },
};
