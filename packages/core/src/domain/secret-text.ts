import { z } from 'zod';

/** A text that must never reach a log, an audit record or a plan: the dispatcher leaves it out by this mark. */
export const secretText = (): z.ZodString => z.string().min(1).max(1024).meta({ secret: true });
