import { readFileSync } from 'node:fs';
import { isWithin } from '@sd/core/domain/native-path.ts';
import { type MountLine, parseMountinfo } from '../mounts/mountinfo.ts';

const TABLE = '/proc/self/mountinfo';

let known: Buffer | undefined;
let lines: readonly MountLine[] = [];

/** The mount that a path leads to, which has no symbolic links in it; `undefined` where the system does not list them. */
export function mountOf(realPath: string): MountLine | undefined {
  let found: MountLine | undefined;
  for (const line of table())
    if (isWithin(realPath, line.path) && line.path.length >= (found?.path.length ?? 0)) found = line;
  return found;
}

/** Something that is mounted at the path or below it: it would go wherever that goes. */
export function mountWithin(realPath: string): MountLine | undefined {
  return table().find(({ path }) => isWithin(path, realPath));
}

function table(): readonly MountLine[] {
  if (process.platform !== 'linux') return [];
  const now = readFileSync(TABLE);
  // To read it costs some microseconds, to take it apart a hundred times that.
  if (!known?.equals(now)) lines = parseMountinfo(now);
  known = now;
  return lines;
}
