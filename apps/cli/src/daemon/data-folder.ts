import { resolveDataFolder } from '@sd/client/node/data-folder.ts';
import { usage } from '../errors.ts';

/** The data folder that the options and the environment mean. */
export function dataFolderOf(given: {
  readonly dataDir: string | undefined;
  readonly instance: string | undefined;
}): string {
  try {
    return resolveDataFolder({ ...given, environment: process.env });
  } catch (error) {
    if (error instanceof TypeError) throw usage(error.message);
    throw error;
  }
}
