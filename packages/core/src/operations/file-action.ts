import { z } from 'zod';
import type { Device } from '../domain/device.ts';
import { CONFLICT_POLICIES } from '../domain/step.ts';
import { uuidSchema } from '../domain/ids.ts';
import type { ErrorCode } from '../errors.ts';
import { jobInfoSchema } from '../jobs/job-schema.ts';
import type { PlanRequest } from '../file-actions/protocol.ts';
import { SdError } from '../errors.ts';
import { action } from '../operation.ts';
import type { ReadConnection } from '../ports/sqlite.ts';
import { type DeclaredAction, ownFacts } from './declared-action.ts';

/** How an input names a file or folder. */
export const addressSchema = z.string().min(1).max(32_768).describe('a path, or an address local://… of this device');
/** Many of them at once. */
export const sourcesSchema = z.array(addressSchema).min(1).max(10_000);
export const conflictPolicySchema = z
  .enum(CONFLICT_POLICIES)
  .default('ask')
  .describe('what is done about what is there already, where nobody decides it by name; folders merge');

const outputSchema = z.object({
  plan_id: uuidSchema.describe('plans.steps shows how each of its steps goes'),
  summary: z.string(),
  done: z.string().describe('the summary, once it is done: `Moved "a" to /b`'),
  steps: z.int(),
  job: jobInfoSchema.describe('carries it out, and survives a restart'),
});

/** What every change of files may be refused for. */
const ERRORS: readonly ErrorCode[] = [
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'CONFLICT',
  'NOT_A_FOLDER',
  'NOT_READABLE',
  'NOT_WRITABLE',
  'CROSSES_VOLUME',
  'OFFLINE',
  'UNAVAILABLE',
  'LIMIT',
  'IO',
  'DISK_FULL',
  'PLAN_STALE',
  'PLAN_NOT_FOUND',
  'CONFIRMATION_NEEDED',
];

interface FileAction<N extends string, I extends z.ZodType> extends DeclaredAction<N, I> {
  request(input: z.output<I>, around: { readonly db: ReadConnection; readonly device: Device }): PlanRequest;
  /** It is only carried out from a plan that was shown. */
  readonly onlyShown?: true;
}

/** A change of a person's files: planned in a thread, carried out by a job. The actions differ by what they ask for. */
export function fileAction<const N extends string, I extends z.ZodType>(declared: FileAction<N, I>) {
  const { name, request, onlyShown } = declared;
  return action({
    ...ownFacts(declared, ERRORS),
    output: outputSchema,
    permissions: ['files.read', 'files.write'],

    async preview({ library, device, fileActions, signal }, asked) {
      const { id, plan } = await fileActions.plan(library, request(asked, { db: library.db, device }), signal);
      return { plan, basis: {}, stored: id };
    },

    async commit({ library, device, fileActions, signal, receipt, session }, asked, decisions, shown) {
      if (onlyShown && !shown)
        throw new SdError('CONFIRMATION_NEEDED', `${name} is for good, and needs the plan that was looked at`, {
          way_out: `call preview:${name}, then action:${name} with its plan_id`,
        });
      const plan =
        shown?.id ?? (await fileActions.plan(library, request(asked, { db: library.db, device }), signal)).id;
      return fileActions.commit(library, { plan, decisions, receipt, client: session.client });
    },

    verify: ({ library, fileActions, signal }, _asked, { plan_id }) => fileActions.verify(library, plan_id, signal),
  });
}
