import { ERRORS, type ErrorCode } from '../errors.ts';
import { verificationSchema } from '../domain/plan.ts';
import type { Operation } from '../operation.ts';
import type { Clock } from '../ports/clock.ts';
import { issuedPlanSchema } from './issued-plan.ts';
import { type Param, jsonSchema, paramsOf } from './json-schema.ts';
import { type RpcMethod, rpcMethods } from './methods.ts';
import { PROTOCOL_VERSION } from './protocol.ts';

/** An OpenRPC 1.3 document (https://spec.open-rpc.org), as far as we fill it in. */
export interface OpenRpcDocument {
  readonly openrpc: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly methods: readonly OpenRpcMethod[];
  readonly components: {
    readonly errors: Readonly<Record<string, unknown>>;
    readonly schemas: Readonly<Record<string, unknown>>;
  };
}
export interface OpenRpcMethod {
  readonly name: string;
  readonly summary: string;
  readonly paramStructure: 'by-name';
  readonly params: readonly Param[];
  readonly result: { readonly name: string; readonly schema: unknown };
  readonly errors: readonly { readonly $ref: string }[];
  readonly 'x-scope'?: string;
  readonly 'x-permissions'?: readonly string[];
}

/** Schemas are written out for so long in one turn of the event loop: all of them take some 60 ms. */
const SLICE_MS = 5;

/** What any method may answer. */
const COMMON_ERRORS: readonly ErrorCode[] = [
  'INVALID_INPUT',
  'INTERNAL',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'TOO_LARGE',
  'TOO_MANY_REQUESTS',
  'CANCELLED',
  'SHUTTING_DOWN',
];
const LIBRARY_ERRORS: readonly ErrorCode[] = ['NOT_FOUND', 'LIBRARY_CLOSED', 'LIBRARY_LOCKED'];

const LIBRARY: Param = {
  name: 'library',
  required: false,
  schema: { type: 'string' },
  description: 'Id or name; with one library open it may be left out',
};
const PLAN_ID: Param = {
  name: 'plan_id',
  required: false,
  schema: { type: 'string' },
  description: 'Of the preview to commit, in place of the other parameters',
};
const DECISIONS: Param = {
  name: 'decisions',
  required: false,
  schema: { type: 'object', additionalProperties: { type: 'string' } },
  description: "A choice for each of the plan's conflicts, by conflict id",
};
const RECEIPT: Param = {
  name: 'receipt',
  required: true,
  schema: { type: 'string' },
  description: 'What the action answered',
};

export interface Described {
  readonly operations: readonly Operation[];
  readonly version: string;
  readonly clock: Pick<Clock, 'monotonic' | 'after'>;
}

const documents = new WeakMap<readonly Operation[], Promise<OpenRpcDocument>>();

/** The whole interface, derived from the declarations; made when first asked for, while others are answered. */
export function discover(from: Described): Promise<OpenRpcDocument> {
  const known = documents.get(from.operations) ?? describe(from);
  documents.set(from.operations, known);
  return known;
}

async function describe({ operations, version, clock }: Described): Promise<OpenRpcDocument> {
  const methods = rpcMethods.map(connectionMethod);
  let sliceEnds = clock.monotonic() + SLICE_MS;
  for (const operation of operations) {
    methods.push(...methodsOf(operation));
    if (clock.monotonic() < sliceEnds) continue;
    await new Promise<void>((resolve) => void clock.after(0, resolve));
    sliceEnds = clock.monotonic() + SLICE_MS;
  }
  return {
    openrpc: '1.3.2',
    info: {
      title: 'Spacedrive',
      version,
      description: `JSON-RPC 2.0, protocol version ${PROTOCOL_VERSION}. Times are milliseconds since the epoch, sizes bytes, ids UUIDs.`,
    },
    methods,
    components: {
      errors: Object.fromEntries(
        Object.entries(ERRORS).map(([name, [code, message]]) => [name, { code, message, data: { code: name } }]),
      ),
      schemas: { Plan: jsonSchema(issuedPlanSchema), Verification: jsonSchema(verificationSchema) },
    },
  };
}

function connectionMethod({ name, summary, input, output, errors }: RpcMethod): OpenRpcMethod {
  return {
    name,
    summary,
    paramStructure: 'by-name',
    params: paramsOf(input),
    result: { name: 'result', schema: jsonSchema(output) },
    errors: references(['INVALID_INPUT', ...errors]),
  };
}

function methodsOf(operation: Operation): OpenRpcMethod[] {
  const { name, summary, scope, permissions } = operation;
  const library = scope === 'core' ? [] : [LIBRARY];
  const params = [...paramsOf(operation.input), ...library];
  const output = jsonSchema(operation.output);
  const errors = [...COMMON_ERRORS, ...(scope === 'core' ? [] : LIBRARY_ERRORS), ...operation.errors];
  const method = (
    step: string,
    what: string,
    takes: readonly Param[],
    schema: unknown,
    more: readonly ErrorCode[] = [],
  ): OpenRpcMethod => ({
    name: `${step}:${name}`,
    summary: what,
    paramStructure: 'by-name',
    params: takes,
    result: { name: 'result', schema },
    errors: references([...errors, ...more]),
    'x-scope': scope,
    'x-permissions': permissions,
  });
  if (operation.type === 'query') return [method('query', summary, params, output)];
  const receipt = {
    type: 'object',
    properties: { receipt: { type: 'string' }, result: output },
    required: ['receipt', 'result'],
  };
  // With a plan nothing else is required, so that here nothing is.
  const commit = [
    ...params.map((param) => ({
      ...param,
      required: false,
      ...(param.required ? { 'x-required-without-plan': true as const } : {}),
    })),
    PLAN_ID,
    DECISIONS,
  ];
  return [
    method('preview', `What would change: ${summary}`, params, { $ref: '#/components/schemas/Plan' }),
    method('action', summary, commit, receipt, ['PLAN_NOT_FOUND', 'PLAN_STALE']),
    method(
      'verify',
      `Looks again at what was done: ${summary}`,
      [RECEIPT],
      { $ref: '#/components/schemas/Verification' },
      ['NOT_FOUND'],
    ),
  ];
}

function references(codes: readonly ErrorCode[]): { $ref: string }[] {
  return [...new Set(codes)].map((code) => ({ $ref: `#/components/errors/${code}` }));
}
