import { z } from 'zod';
import type { ActionContext, ReadContext, Session } from './context.ts';
import type { AuditNote } from './db/write.ts';
import type { Journal } from './dispatch/journal.ts';
import { Plans, type Stored as StoredPlan, refuseStale } from './dispatch/plans.ts';
import { Receipts } from './dispatch/receipts.ts';
import { redact } from './dispatch/redact.ts';
import { inputProblem } from './domain/input-problem.ts';
import { type ErrorCode, SdError, asSdError } from './errors.ts';
import type { Library } from './libraries/library.ts';
import type { Action, Operation, Query } from './operation.ts';
import { RawJson } from './raw-json.ts';

/** One request, past authentication. */
export interface Call {
  readonly method: string;
  /** By name; `library`, `plan_id`, `decisions`, and of `verify:` the `receipt`, are the dispatcher's; the rest is the operation's input. */
  readonly params: unknown;
  readonly session: Session;
  readonly signal: AbortSignal;
}

/** What the core gives the dispatcher: contexts, threads, records. */
export interface DispatchServices {
  readonly newId: () => string;
  readonly clock: { now(): number; monotonic(): number; after(milliseconds: number, call: () => void): () => void };
  /** The library the call is about, as the operation's scope wants it. */
  library(scope: Operation['scope'], idOrName: string | undefined): Library | undefined;
  readContext(call: Call, library: Library | undefined): ReadContext;
  actionContext(call: Call, library: Library | undefined, note: AuditNote): ActionContext;
  /** Runs a reader query in a thread of its own. */
  runInReader(query: Query, input: unknown, library: Library | undefined, signal: AbortSignal): Promise<unknown>;
  readonly journal: Journal;
}

/** A commit as far as it has come: what the journal says of it, however it ends. */
interface Attempt {
  note: AuditNote;
  library: Library | undefined;
}

/** Each is looked up by its step; "*" decides all others. */
const MOST_DECISIONS = 10_000;
/** What is said of a commit, not of its plan: with other decisions the plan is as good as before. */
const MAY_COME_AGAIN: ReadonlySet<ErrorCode> = new Set(['INVALID_INPUT', 'CONFIRMATION_NEEDED']);

const RESERVED = z.object({
  library: z.string().min(1).max(200).optional(),
  plan_id: z.string().max(64).optional(),
  decisions: z.record(z.string().max(200), z.string().max(200)).optional(),
  receipt: z.string().max(64).optional(),
});
type Reserved = z.infer<typeof RESERVED>;

/** find → validate → authorize → run → map error. The last step is the caller's `asSdError`. */
export class Dispatcher {
  readonly #operations: ReadonlyMap<string, Operation>;
  readonly #services: DispatchServices;
  readonly #plans: Plans;
  readonly #receipts: Receipts;
  readonly #checkOutput: boolean;

  constructor(operations: readonly Operation[], services: DispatchServices, options: { checkOutput?: boolean } = {}) {
    this.#operations = new Map(operations.map((operation) => [operation.name, operation]));
    this.#services = services;
    this.#plans = new Plans(services.clock, services.newId);
    this.#receipts = new Receipts((id) => services.journal.receipt(id));
    this.#checkOutput = options.checkOutput ?? false;
  }

  async call(call: Call): Promise<unknown> {
    const { step, operation } = this.#find(call.method);
    const { reserved, input: raw } = split(call.params, step);
    if (operation.type === 'action' && step === 'action') return this.#attempt(operation, raw, call, reserved);
    authorize(operation, call.session);
    if (operation.type === 'query') {
      const output = await this.#query(operation, parse(operation, raw), call, reserved.library);
      return this.#checked(operation, output);
    }
    if (step === 'preview') return this.#preview(operation, parse(operation, raw), call, reserved.library);
    return this.#verify(operation, call, reserved.receipt);
  }

  #find(method: string): { step: string; operation: Operation } {
    const colon = method.indexOf(':');
    const [step, name] = [method.slice(0, colon), method.slice(colon + 1)];
    const operation = this.#operations.get(name);
    const steps = operation?.type === 'query' ? ['query'] : ['preview', 'action', 'verify'];
    if (!operation || !steps.includes(step)) {
      throw new SdError(
        'METHOD_NOT_FOUND',
        `there is no method ${JSON.stringify(method)}`,
        operation ? { methods: steps.map((known) => `${known}:${name}`) } : {},
      );
    }
    return { step, operation };
  }

  async #query(operation: Query, input: unknown, call: Call, libraryName: string | undefined): Promise<unknown> {
    const library = this.#services.library(operation.scope, libraryName);
    if (operation.thread === 'reader') return this.#services.runInReader(operation, input, library, call.signal);
    return operation.run(this.#services.readContext(call, library), input);
  }

  async #preview(operation: Action, input: unknown, call: Call, libraryName: string | undefined): Promise<unknown> {
    const library = this.#services.library(operation.scope, libraryName);
    const preview = await operation.preview(this.#services.readContext(call, library), input);
    return this.#plans.issue(operation.name, library?.id, input, preview);
  }

  /** Commits, and sees to it that the journal has it whatever becomes of it. */
  async #attempt(operation: Action, raw: Record<string, unknown>, call: Call, reserved: Reserved): Promise<unknown> {
    const { client, extension } = call.session;
    const receipt = this.#services.newId();
    const { plan_id: plan } = reserved;
    const who = { client, ...(extension === undefined ? {} : { extension }) };
    const note = { receipt, operation: operation.name, ...who, input: null, ...(plan === undefined ? {} : { plan }) };
    const attempt: Attempt = { note, library: undefined };
    try {
      const output = await this.#commit(operation, raw, call, reserved, attempt);
      await this.#services.journal.ended(attempt.library, attempt.note, { output: redact(operation.output, output) });
      const [library, { input }] = [attempt.library?.id, attempt.note];
      this.#receipts.keep(receipt, { operation: operation.name, library, input, output });
      return { receipt, result: output };
    } catch (error) {
      const library = attempt.library ?? this.#libraryIfAny(operation, reserved);
      await this.#services.journal.ended(library, attempt.note, { error: asSdError(error) });
      throw error;
    }
  }

  async #commit(
    operation: Action,
    raw: Record<string, unknown>,
    call: Call,
    { plan_id, library: libraryName, decisions }: Reserved,
    attempt: Attempt,
  ): Promise<unknown> {
    authorize(operation, call.session);
    if (plan_id === undefined)
      return this.#carryOut(operation, raw, call, { library: libraryName, decisions }, attempt);
    const planned = this.#plans.take(plan_id, operation.name);
    try {
      return await this.#carryOut(operation, raw, call, { plan_id, decisions }, attempt, planned);
    } catch (error) {
      if (MAY_COME_AGAIN.has(asSdError(error).code)) this.#plans.giveBack(plan_id, planned);
      throw error;
    }
  }

  async #carryOut(
    operation: Action,
    raw: Record<string, unknown>,
    call: Call,
    { plan_id, library: libraryName, decisions = {} }: Reserved,
    attempt: Attempt,
    planned?: StoredPlan,
  ): Promise<unknown> {
    if (planned && Object.keys(raw).length > 0)
      throw new SdError('INVALID_INPUT', 'a commit takes a plan_id or an input, not both');
    const input = planned ? planned.input : parse(operation, raw);
    const library = this.#services.library(operation.scope, planned ? planned.library : libraryName);
    attempt.library = library;
    attempt.note = { ...attempt.note, input: redact(operation.input, input) };
    if (planned && planned.preview.stored === undefined)
      refuseStale(planned.preview, await operation.preview(this.#services.readContext(call, library), input));
    const context = this.#services.actionContext(call, library, attempt.note);
    const shown =
      planned && plan_id !== undefined ? { id: plan_id, stored: planned.preview.stored !== undefined } : undefined;
    return this.#checked(operation, await operation.commit(context, input, decisions, shown));
  }

  /** Whose audit has what was refused before that was settled. */
  #libraryIfAny({ scope }: Action, { library }: Reserved): Library | undefined {
    try {
      return this.#services.library(scope, library);
    } catch {
      return undefined;
    }
  }

  async #verify(operation: Action, call: Call, receiptId: string | undefined): Promise<unknown> {
    if (receiptId === undefined)
      throw new SdError('INVALID_INPUT', `verify:${operation.name} takes the receipt of a commit`, {
        way_out: '{"receipt": "…"} from the answer of action:' + operation.name,
      });
    const receipt = this.#receipts.find(receiptId, operation.name);
    const library = this.#services.library(operation.scope, receipt.library);
    const seen = await operation.verify(this.#services.readContext(call, library), receipt.input, receipt.output);
    await this.#services.journal.verified(library, receiptId, seen);
    return seen;
  }

  #checked(operation: Operation, output: unknown): unknown {
    if (!this.#checkOutput) return output;
    if (!(output instanceof RawJson)) return operation.output.parse(output);
    operation.output.parse(output.toJSON());
    return output;
  }
}

function split(params: unknown, step: string): { reserved: Reserved; input: Record<string, unknown> } {
  if (params !== undefined && (typeof params !== 'object' || params === null || Array.isArray(params)))
    throw new SdError('INVALID_INPUT', 'parameters go by name, as an object');
  // Each step has fields of its own; the same name may be an input's in the others.
  const own =
    step === 'action' ? ['library', 'plan_id', 'decisions'] : step === 'verify' ? ['library', 'receipt'] : ['library'];
  const fields = Object.entries(params ?? {});
  const { decisions } = (params ?? {}) as { decisions?: object };
  // Before they are parsed, which takes long where they are very many.
  if (own.includes('decisions') && Object.keys(decisions ?? {}).length > MOST_DECISIONS)
    throw new SdError('INVALID_INPUT', `a commit takes at most ${MOST_DECISIONS} decisions`, {
      way_out: 'decide the ones that differ, and all others with "*"',
    });
  const reserved = RESERVED.safeParse(Object.fromEntries(fields.filter(([name]) => own.includes(name))), {
    error: inputProblem,
  });
  if (!reserved.success) throw invalid(reserved.error);
  return { reserved: reserved.data, input: Object.fromEntries(fields.filter(([name]) => !own.includes(name))) };
}

function parse(operation: Operation, raw: Record<string, unknown>): unknown {
  const parsed = operation.input.safeParse(raw, { error: inputProblem });
  if (!parsed.success) throw invalid(parsed.error);
  return parsed.data;
}

function invalid(error: z.ZodError): SdError {
  const issues = error.issues.slice(0, 10).map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const first = issues[0];
  return new SdError(
    'INVALID_INPUT',
    first ? `${first.path || 'input'}: ${first.message}` : 'the parameters are not what the method takes',
    { issues },
  );
}

function authorize(operation: Operation, session: Session): void {
  const missing = operation.permissions.filter((permission) => !session.permissions.has(permission));
  if (missing.length > 0)
    throw new SdError(
      'FORBIDDEN',
      `${operation.name} needs the permission ${missing.join(', ')}, which this session does not have`,
      { missing },
    );
}
