import { readFileSync } from 'node:fs';
import { isWithin } from '@sd/core/domain/native-path.ts';
import { type MountLine, parseMountinfo } from '../mounts/mountinfo.ts';

const TABLE = '/proc/self/mountinfo';

let table: Buffer | undefined;
let lines: readonly MountLine[] = [];

/** The mount that a path leads to, which has no symbolic links in it; `undefined` where the system does not list them. */
export function mountOf(realPath: string): MountLine | undefined {
  if (process.platform !== 'linux') return undefined;
  const now = readFileSync(TABLE);
  // To read it costs some microseconds, to take it apart a hundred times that.
  if (!table?.equals(now)) lines = parseMountinfo(now);
  table = now;
  let found: MountLine | undefined;
  for (const line of lines)
    if (isWithin(realPath, line.path) && line.path.length >= (found?.path.length ?? 0)) found = line;
  return found;
}
