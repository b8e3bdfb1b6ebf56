import { z } from 'zod';
import { contentAt } from '../../browsing/content-at.ts';
import { contentByUuid } from '../../db/library/contents.ts';
import type { Device } from '../../domain/device.ts';
import { contentUuid, uuidSchema, uuidToText } from '../../domain/ids.ts';
import { type LocationMode, identifies, locationSelector } from '../../domain/location.ts';
import { SIDECAR_KINDS } from '../../domain/sidecar.ts';
import { SdError } from '../../errors.ts';
import { jobInfoSchema } from '../../jobs/job-schema.ts';
import { findLocation } from '../../locations/find.ts';
import { action, observed } from '../../operation.ts';
import type { ReadConnection } from '../../ports/sqlite.ts';

const inputSchema = z
  .object({
    location: locationSelector.optional().describe('all contents with a file in it, whatever its mode'),
    path: z.string().min(1).max(32_768).optional().describe('a file, by path or address; or content://…'),
    content_ids: z.array(uuidSchema).min(1).max(10_000).optional(),
    kinds: z.array(z.enum(SIDECAR_KINDS)).min(1).optional().describe('only these; all that fit where it is absent'),
    retry: z.boolean().default(false).describe('also what failed before, and what is said to be there and is not'),
  })
  .refine(
    ({ location, path, content_ids }) => [location, path, content_ids].filter(Boolean).length <= 1,
    'give one of location, path and content_ids; none for all deep locations',
  );
type Input = z.output<typeof inputSchema>;

export const makeSidecars = action({
  summary: 'Looks into files for media facts, thumbnails and text, in the background.',
  name: 'sidecars.make',
  scope: 'library',
  input: inputSchema,
  output: z.object({ job: jobInfoSchema }),
  errors: ['NOT_FOUND', 'CONFLICT'],
  permissions: ['library.write', 'files.read'],

  preview({ library, device }, input) {
    const { subject, job } = resolved(library.db, device, input);
    return {
      plan: {
        summary: `Read one file of every content in ${subject} that lacks thumbnails, facts or text. No file is changed.`,
        steps: [{ what: 'make sidecars', target: subject, ...(input.kinds ? { detail: input.kinds.join(', ') } : {}) }],
        conflicts: [],
        warnings: [],
      },
      basis: { location: job.location ?? null, contents: job.contents ?? null },
    };
  },

  async commit({ library, device, jobs }, input) {
    const { subject, job: wanted } = resolved(library.db, device, input);
    const job = await jobs.enqueue({
      library: library.id,
      kind: 'sidecars.make',
      subject,
      input: wanted,
      // Somebody looks at a file and waits for its picture.
      priority: wanted.contents ? 'user' : 'normal',
    });
    return { job };
  },

  verify({ jobs }, _input, { job }) {
    const now = jobs.info(job.id);
    const failed = (now.result as { failed?: unknown } | undefined)?.failed ?? 'not known yet';
    return observed(['job', 'completed', now.state], ['sidecars that failed', 0, failed]);
  },
});

function resolved(
  db: ReadConnection,
  device: Device,
  input: Input,
): { subject: string; job: { location?: string; contents?: string[]; kinds?: string[]; retry?: true } } {
  const more = {
    ...(input.kinds ? { kinds: [...new Set(input.kinds)].sort() } : {}),
    ...(input.retry ? { retry: true as const } : {}),
  };
  if (input.location !== undefined) {
    const location = findLocation(db, input.location, device.slug);
    if (!identifies(location.mode as LocationMode))
      throw new SdError('CONFLICT', `the files of "${location.name}" are not identified in its mode, shallow`, {
        way_out: `sd location update ${location.name} --mode deep`,
      });
    return { subject: location.name, job: { location: uuidToText(location.uuid), ...more } };
  }
  const contents = contentsOf(db, device, input);
  if (!contents) return { subject: 'all deep locations', job: more };
  const subject = input.path ?? `${contents.length} contents`;
  return { subject, job: { contents: [...new Set(contents)].sort(), ...more } };
}

function contentsOf(db: ReadConnection, device: Device, { path, content_ids }: Input): string[] | undefined {
  if (path !== undefined) {
    const content = contentAt(db, device, path);
    if (!content) throw new SdError('NOT_FOUND', `no file of the library has the content ${path}`);
    return [uuidToText(contentUuid(content.hash))];
  }
  for (const id of content_ids ?? [])
    if (!contentByUuid(db, id)) throw new SdError('NOT_FOUND', `no file of the library has the content ${id}`);
  return content_ids;
}
