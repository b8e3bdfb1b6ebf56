import { FOLDER } from '../../domain/entry.ts';
import { joinNative, showNative } from '../../domain/native-path.ts';
import { SdError } from '../../errors.ts';
import { FolderLister } from '../planning/listing.ts';
import type { InverseParts } from '../planning/parts.ts';

/** So much of what has changed is named. */
const MOST_NAMED = 20;
/** Microseconds: the clock that times files are taken from is behind by up to a tick of the system's. */
const FILE_CLOCK_STEP = 20_000;

/**
 * A folder that came out of the trash goes there again with all that is in it: only as it came. Times tell: of a file that
 * was written since, and of a folder in which a name came, went or became another. `since`, and what lies after `now`,
 * which is a clock that was wrong, in microseconds. Throws `CHANGED_SINCE`, and what the disk says.
 */
export function refuseChangedBelow(
  folder: string,
  since: number,
  { files, now, checkCancelled }: Pick<InverseParts, 'files' | 'now' | 'checkCancelled'>,
): void {
  const lister = new FolderLister(files);
  const named: string[] = [];
  let count = 0;
  const look = (path: string, mtime: number): void => {
    if (mtime <= since - FILE_CLOCK_STEP || mtime > now) return;
    count++;
    if (named.length < MOST_NAMED) named.push(showNative(path));
  };
  look(folder, files.facts(folder)?.mtime ?? 0);
  for (const waiting = [folder]; ;) {
    const path = waiting.pop();
    if (path === undefined) break;
    checkCancelled();
    for (const { name, facts } of lister.list(path)) {
      const child = joinNative(path, name);
      look(child, facts.mtime);
      if (facts.type === FOLDER) waiting.push(child);
    }
  }
  const [first = ''] = named;
  if (count > 0)
    throw new SdError('CHANGED_SINCE', `"${showNative(folder)}" has changed since: ${first}`, {
      changed: named,
      count,
      way_out: 'sd rm puts it into the trash as it is now',
    });
}
