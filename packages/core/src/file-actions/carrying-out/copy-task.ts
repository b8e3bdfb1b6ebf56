import type { ReadFiles } from '../../ports/files.ts';
import type { CopiedFile, UserFiles } from '../../ports/user-files.ts';
import { makeInside, makeTemporary } from './temporaries.ts';

/** A copy that is to be made. Native paths. */
export interface CopyTask {
  readonly source: string;
  readonly path: string;
  /** Under its own name, in a folder that this plan has just made; else `path` is a temporary name. */
  readonly inside: boolean;
}

interface Ports {
  readonly files: ReadFiles;
  readonly userFiles: UserFiles;
}

/** Makes it. `undefined`: `onBytes` had it stopped, and nothing of it is left. */
export function makeCopy(
  ports: Ports,
  { source, path, inside }: CopyTask,
  onBytes: (count: number) => boolean,
): CopiedFile | undefined {
  const copy = (): CopiedFile | undefined => ports.userFiles.copy(source, path, onBytes);
  return inside ? makeInside(ports, path, copy) : makeTemporary(ports, path, copy);
}
