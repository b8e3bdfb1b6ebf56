import { z } from 'zod';

/** The input without its secrets, for audit and logs. */
export function redact(schema: z.ZodType, input: unknown): unknown {
  if (!(schema instanceof z.ZodObject) || typeof input !== 'object' || input === null) return input;
  const shape = schema.shape as Record<string, z.ZodType>;
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, isSecret(shape[name]) ? '(secret)' : value]),
  );
}

function isSecret(schema: z.ZodType | undefined): boolean {
  if (!schema) return false;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return isSecret(schema.unwrap() as z.ZodType) || schema.meta()?.['secret'] === true;
  return schema.meta()?.['secret'] === true;
}
