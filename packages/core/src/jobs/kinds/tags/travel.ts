import { z } from 'zod';
import { uuidSchema } from '../../../domain/ids.ts';
import { showNative } from '../../../domain/native-path.ts';
import { MOST_TARGETS } from '../../../domain/targets.ts';
import { type BroughtFacts, importFacts } from '../../../tagging/importing.ts';
import { CARRIERS, type TravelResult } from '../../../travel/facts.ts';
import { EntryPaths } from '../../../travel/traveller.ts';
import type { CarryTags } from '../../../travel/travel.ts';
import { type JobContext, type JobKind, jobKind } from '../../kind.ts';

export interface TravelServices {
  readonly carryTags: CarryTags;
}

/** Files of one step: what it found is written at once. */
const AT_ONCE = 1_000;

const inputSchema = z.object({
  direction: z.enum(['export', 'import']),
  carriers: z.array(z.enum(CARRIERS)),
  entries: z.array(z.int()).max(MOST_TARGETS),
  private: z.boolean(),
  /** Of the action, whose history an import joins. */
  receipt: uuidSchema,
  client: z.string(),
});
const stateSchema = z.object({ next: z.int(), carried: z.int(), tagged: z.int(), created: z.int() });
type Input = z.infer<typeof inputSchema>;
type State = z.infer<typeof stateSchema>;

/** Writes what people said of files to them, or reads it from them. Its result is a `TravelResult`. */
export function travelTags({ carryTags }: TravelServices): JobKind {
  return jobKind({
    name: 'tags.travel',
    version: 1,
    summary: 'Writes tags, ratings and notes to files, or reads them from files',
    input: inputSchema,
    state: stateSchema,
    begin: () => ({ next: 0, carried: 0, tagged: 0, created: 0 }),
    // Two of them would write to the same sidecars.
    exclusive: () => 'tags.travel',
    async run(context, begin) {
      const { entries } = context.input;
      let state = begin;
      while (state.next < entries.length) {
        // oxlint-disable-next-line no-await-in-loop -- each step begins where the one before ended
        state = await nextStep(carryTags, context, state);
        context.checkpoint(state);
      }
      const { carried, tagged, created } = state;
      return { files: entries.length, carried, tagged, created } satisfies TravelResult;
    },
  });
}

async function nextStep(carryTags: CarryTags, context: JobContext<Input, State>, state: State): Promise<State> {
  const { direction, carriers, entries } = context.input;
  const { next } = state;
  context.progress({ phase: direction, done: next, total: entries.length });
  const { state: step } = await carryTags({
    library: context.library.access,
    direction,
    carriers,
    entries: entries.slice(next, next + AT_ONCE),
    private: context.input.private,
    signal: context.signal,
    onProgress: ({ done, path }) =>
      context.progress({ phase: direction, done: next + done, total: entries.length, detail: path }),
  });
  for (const problem of step.problems) context.problem(problem);
  const after = { ...state, next: next + step.done, carried: state.carried + step.carried };
  if (step.found.length === 0) return after;
  const found = step.found.map(({ entry, facts }): BroughtFacts => ({ entry, ...facts }));
  const { receipt, client } = context.input;
  const input = { direction, carriers, files: entries.length };
  const imported = await context.library
    .recorded({ receipt, operation: 'tags.import', client, input })
    .writeInThread(importFacts, { found, before: state.carried });
  const paths = new EntryPaths(context.library.db);
  for (const { entry, reason } of imported.problems)
    context.problem({ item: showNative(paths.of(entry)?.path ?? ''), reason });
  return { ...after, tagged: after.tagged + imported.tagged, created: after.created + imported.created };
}
