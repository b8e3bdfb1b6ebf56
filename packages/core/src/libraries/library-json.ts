import { z } from 'zod';
import { uuidSchema } from '../domain/ids.ts';
import { ACTIONS_FILE } from '../db/actions/open.ts';
import { JOBS_FILE } from '../db/jobs/open.ts';
import { TEXTS_FILE } from '../db/texts/schema.ts';
import { SdError } from '../errors.ts';
import type { Files } from '../ports/files.ts';
import { DATABASE_FILE, DESCRIPTION_FILE } from './library-files.ts';

const MOST_BYTES = 64 * 1024;

const DATABASES = [DATABASE_FILE, JOBS_FILE, ACTIONS_FILE, TEXTS_FILE] as const;
const databaseName = z.enum(DATABASES);

/**
 * `library.json`: what is readable of a library without its key. `format` is raised before a migration begins, never
 * after, so that it is at least the database's. `swap` is written when everything it needs is in place, and done again
 * from its start after a crash, see `swap.ts`. What a later version adds is kept.
 */
const descriptionSchema = z.looseObject({
  id: uuidSchema,
  name: z.string().min(1).max(200),
  format: z.int().min(1).max(1_000_000),
  /** Id of the key that opens the databases. */
  key: uuidSchema,
  created_at: z.int().min(0),
  last_backup: z.object({ path: z.string().max(40_000), at: z.int() }).optional(),
  swap: z
    .object({
      /** Each is replaced by the file named `.next` beside it. */
      replace: z.array(databaseName).max(DATABASES.length),
      /** Folder below `backups/` that takes what is replaced; without one it goes. */
      keep: z
        .string()
        .regex(/^[^/\\]{1,200}$/)
        .optional(),
      /** These only go to `keep`. */
      aside: z.array(databaseName).max(DATABASES.length).optional(),
    })
    .optional(),
});
export type LibraryDescription = z.infer<typeof descriptionSchema>;

/** Throws `NOT_FOUND` where there is none, `CORRUPT` where it is not what it should be. */
export function readDescription(files: Pick<Files, 'readWhole'>, folder: string): LibraryDescription {
  const bytes = files.readWhole(`${folder}/${DESCRIPTION_FILE}`, MOST_BYTES);
  try {
    return descriptionSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    throw new SdError(
      'CORRUPT',
      `${folder}/${DESCRIPTION_FILE} is damaged`,
      { path: folder, way_out: 'sd library restore with a backup' },
      error,
    );
  }
}

/** A reader, or a crash, meets the old text or the new one. */
export function writeDescription(files: Files, folder: string, description: LibraryDescription): void {
  const bytes = new TextEncoder().encode(`${JSON.stringify(descriptionSchema.parse(description), undefined, 2)}\n`);
  files.replaceFile(`${folder}/${DESCRIPTION_FILE}`, bytes, { private: true });
}
