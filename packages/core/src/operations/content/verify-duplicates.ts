import { z } from 'zod';
import { contentByUuid } from '../../db/library/contents.ts';
import { sizeOfCopies } from '../../db/library/copies.ts';
import type { LocationWithTotals } from '../../db/library/locations.ts';
import { duplicateFilters } from '../../domain/duplicates.ts';
import { uuidSchema, uuidToText } from '../../domain/ids.ts';
import { SdError } from '../../errors.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { findLocation } from '../../locations/find.ts';
import { action, observed } from '../../operation.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';

const { within: _, ...everywhere } = duplicateFilters;
const inputSchema = z.object({
  content_ids: z
    .array(uuidSchema)
    .min(1)
    .max(1000)
    .optional()
    .describe('only these; all candidates where it is absent'),
  ...everywhere,
});
type Input = z.output<typeof inputSchema>;

export const verifyDuplicates = action({
  summary: 'Reads candidate duplicates whole and compares all their bytes by hash, in the background.',
  name: 'content.verify_duplicates',
  scope: 'library',
  input: inputSchema,
  output: z.object({ job: jobInfoSchema }),
  errors: ['NOT_FOUND'],
  permissions: ['library.write', 'files.read'],

  preview({ library, device }, input) {
    const { locations, contents } = resolved(library.db, device.slug, input);
    const what = input.content_ids ? `${input.content_ids.length} contents` : 'every group of candidates';
    // To weigh all candidates takes longer than the main thread may; the job says it once it knows.
    const seen = contents && sizeOfCopies(library.db, contents);
    return {
      plan: {
        summary: `Read the files of ${what}${locations ? ` in ${namesOf(locations)}` : ''} to the last byte and compare them. Nothing is changed or removed.`,
        steps: [
          { what: 'hash', target: what, detail: seen ? `${seen.files} files` : `of ${input.min_size} bytes or more` },
        ],
        ...(seen ? { bytes: seen.bytes } : {}),
        conflicts: [],
        warnings: [],
      },
      basis: { locations: locations?.map(({ uuid }) => uuidToText(uuid)) ?? null, contents: contents ?? null },
    };
  },

  async commit({ library, device, jobs }, input) {
    const { locations } = resolved(library.db, device.slug, input);
    const subject = locations
      ? `duplicates in ${namesOf(locations)}`
      : input.content_ids
        ? `${input.content_ids.length} contents`
        : 'duplicates';
    const { content_ids, locations: _locations, ...filters } = input;
    const job = await jobs.enqueue({
      library: library.id,
      kind: 'content.verify_duplicates',
      priority: 'user',
      subject,
      input: {
        ...filters,
        ...(content_ids ? { content_ids: [...new Set(content_ids)].sort() } : {}),
        ...(locations ? { locations: locations.map(({ uuid }) => uuidToText(uuid)).sort() } : {}),
      },
    });
    return { job };
  },

  verify({ jobs }, _input, { job }) {
    const now = jobs.info(job.id);
    return observed(['job', 'completed', now.state], ['files that could not be hashed', 0, problemsOf(now.result)]);
  },
});

function problemsOf(result: unknown): number | string {
  const problems = (result as { problems?: unknown } | undefined)?.problems;
  return typeof problems === 'number' ? problems : 'not known yet';
}

function resolved(
  db: ReadConnection,
  slug: string,
  input: Input,
): { locations: LocationWithTotals[] | undefined; contents: number[] | undefined } {
  const locations = input.locations?.map((location) => findLocation(db, location, slug));
  const contents = input.content_ids?.map((id) => {
    const content = contentByUuid(db, id);
    if (!content) throw new SdError('NOT_FOUND', `no file of the library has the content ${id}`);
    return content.id;
  });
  return { locations, contents };
}

function namesOf(locations: readonly LocationWithTotals[]): string {
  return locations.map(({ name }) => `"${name}"`).join(', ');
}
