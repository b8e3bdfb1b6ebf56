import { z } from 'zod';

/** A parameter, in the words of OpenRPC. */
export interface Param {
  readonly name: string;
  readonly required: boolean;
  readonly schema: unknown;
  readonly description?: string;
  readonly 'x-required-without-plan'?: true;
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly description?: string;
}

/** What stands on the wire: before defaults are filled in and texts are transformed. */
export function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}

/** The parameters of an input. Of alternatives all are listed, and those required that are so in each. */
export function paramsOf(input: z.ZodType): Param[] {
  return [...collect(jsonSchema(input) as Schema)].map(([name, { schema, required }]) => ({
    name,
    required,
    schema,
    ...(schema.description === undefined ? {} : { description: schema.description }),
  }));
}

type Collected = Map<string, { schema: Schema; required: boolean }>;

function collect(schema: Schema): Collected {
  const all: Collected = new Map();
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    all.set(name, { schema: property, required: schema.required?.includes(name) ?? false });
  for (const part of schema.allOf ?? []) for (const [name, found] of collect(part)) all.set(name, found);
  const alternatives = (schema.anyOf ?? schema.oneOf ?? []).map(collect);
  for (const [name, found] of alternatives.flatMap((one) => [...one])) {
    all.set(name, {
      schema: all.get(name)?.schema ?? found.schema,
      required: alternatives.every((one) => one.get(name)?.required),
    });
  }
  return all;
}
