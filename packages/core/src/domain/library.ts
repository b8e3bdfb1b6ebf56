import { z } from 'zod';
import { uuidSchema } from './ids.ts';

const LIBRARY_STATES = ['open', 'closed', 'locked', 'missing', 'in_use', 'newer_format', 'damaged'] as const;
/** `passphrase` says that the key lies in a box only the passphrase opens; `unknown`, that it has not been looked for. */
const KEY_PROTECTIONS = ['keychain', 'key_file', 'passphrase', 'unknown'] as const;

/** A library as clients see it. */
export const librarySummarySchema = z.object({
  id: uuidSchema,
  name: z.string(),
  folder: z.string().describe('native path of the .sdlibrary folder'),
  state: z.enum(LIBRARY_STATES),
  reason: z.string().optional().describe('why it is not open'),
  protection: z.enum(KEY_PROTECTIONS).describe('where its key is'),
});

/** Names a library in a parameter. */
export const librarySelector = z.string().min(1).max(200).describe('id or name of a library');
