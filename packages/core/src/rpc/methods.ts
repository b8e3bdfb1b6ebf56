import { z } from 'zod';
import type { ErrorCode } from '../errors.ts';
import { EVENT_RESOURCES } from '../events.ts';
import { PERMISSIONS } from '../operation.ts';
import { RPC_METHODS } from './protocol.ts';

/** A method of the connection itself. */
export interface RpcMethod {
  readonly name: string;
  readonly summary: string;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly errors: readonly ErrorCode[];
}

const requestId = z.union([z.string().max(128), z.number()]);
const subscriptionId = z.string().max(32);

export const authenticateInput = z.strictObject({
  token: z.string().max(256).describe("What stands in the file `token` of the daemon's data folder"),
});
export const handshakeInput = z.strictObject({
  protocol: z.int().describe('The protocol version the client speaks'),
  client: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .describe('Name and version of the client, e.g. `sd 0.1.0`; stands in the audit'),
  permissions: z
    .array(z.enum(PERMISSIONS))
    .max(PERMISSIONS.length)
    .optional()
    .describe('What the client wants to be allowed; all it may have, if left out'),
});
export const cancelInput = z.strictObject({ id: requestId.describe('The id of the request to end') });
export const subscribeInput = z.strictObject({
  resources: z
    .array(z.enum(EVENT_RESOURCES))
    .min(1)
    .max(EVENT_RESOURCES.length)
    .optional()
    .describe('Which kinds of things; all, if left out'),
  library: z.string().min(1).max(200).optional().describe('Only what belongs to this library (id or name)'),
  path: z
    .string()
    .min(1)
    .max(16_384)
    .optional()
    .describe('Only what concerns this folder or file: itself, what is in it, and changes of the folders above it'),
  cursor: z.string().max(100).optional().describe('Where to go on: the `cursor` of the last event seen'),
});
export const unsubscribeInput = z.strictObject({ subscription: subscriptionId });

export type SubscribeInput = z.output<typeof subscribeInput>;

const nothing = z.strictObject({});

/** All of them, for `rpc.discover` and the documentation. `rpc.event` goes the other way and is not called. */
export const rpcMethods: readonly RpcMethod[] = [
  {
    name: RPC_METHODS.authenticate,
    summary: 'The first message of a connection. Anything else, or a wrong token, closes it',
    input: authenticateInput,
    output: z.object({ authenticated: z.literal(true) }),
    errors: ['UNAUTHENTICATED'],
  },
  {
    name: RPC_METHODS.handshake,
    summary: 'The second message: protocol version, name and wanted permissions of the client',
    input: handshakeInput,
    output: z.object({
      protocol: z.int(),
      version: z.string(),
      session: z.string(),
      permissions: z.array(z.enum(PERMISSIONS)),
      device: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
    }),
    errors: ['UNSUPPORTED_PROTOCOL'],
  },
  { name: RPC_METHODS.ping, summary: 'Answers at once', input: nothing, output: nothing, errors: [] },
  {
    name: RPC_METHODS.cancel,
    summary:
      'Asks a request of this connection to end. It is answered all the same: with `CANCELLED`, or with its result if it was quicker',
    input: cancelInput,
    output: z.object({ cancelled: z.boolean().describe('Whether a request of that id was in flight') }),
    errors: [],
  },
  {
    name: RPC_METHODS.discover,
    summary: 'This document: every method, its parameters, result, errors and permissions',
    input: nothing,
    output: z.looseObject({}),
    errors: [],
  },
  {
    name: RPC_METHODS.subscribe,
    summary: 'Sends `rpc.event` notifications from now on, or from a cursor on',
    input: subscribeInput,
    output: z.object({
      subscription: subscriptionId,
      cursor: z.string().describe('Where the stream is now'),
      gap: z.literal(true).optional().describe('The cursor is of another run or too old: look at everything again'),
    }),
    errors: ['NOT_FOUND', 'TOO_MANY_REQUESTS'],
  },
  {
    name: RPC_METHODS.unsubscribe,
    summary: 'Ends a subscription',
    input: unsubscribeInput,
    output: nothing,
    errors: ['NOT_FOUND'],
  },
];
