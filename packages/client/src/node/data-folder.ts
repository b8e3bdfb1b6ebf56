import { resolve } from 'node:path';
import envPaths from 'env-paths';

const NAME = 'spacedrive';

/** What the user said; a flag goes before the environment. */
export interface DataFolderChoice {
  /** `--data-dir` */
  readonly dataDir?: string | undefined;
  /** `--instance` */
  readonly instance?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The folder of one daemon and its clients: `SD_DATA_DIR`, else `spacedrive` where the system keeps such data. An
 * instance has the same name with `-NAME` behind it, so that none lies inside another. Throws `TypeError` for a name
 * that is no plain word.
 */
export function resolveDataFolder({ dataDir, instance, environment }: DataFolderChoice): string {
  const base = dataDir ?? nonEmpty(environment['SD_DATA_DIR']);
  const name = instance ?? nonEmpty(environment['SD_INSTANCE']);
  if (name !== undefined && !/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/.test(name)) {
    throw new TypeError(`"${name}" cannot be the name of an instance: up to 32 letters, digits, - and _`);
  }
  const suffix = name === undefined ? '' : `-${name}`;
  // `resolve` also drops a slash at the end, behind which a suffix would make a folder inside.
  return base === undefined ? envPaths(`${NAME}${suffix}`, { suffix: '' }).data : `${resolve(base)}${suffix}`;
}

/** An environment variable set to nothing is not set. */
function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
