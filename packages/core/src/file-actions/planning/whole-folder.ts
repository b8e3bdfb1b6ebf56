import { FOLDER } from '../../domain/entry.ts';
import { joinNative } from '../../domain/native-path.ts';
import { SdError } from '../../errors.ts';
import { FolderLister } from './listing.ts';
import type { Located } from './locate.ts';
import type { PlanningParts } from './parts.ts';

/** A folder that no index knows is counted for so long: what goes in one step is not worth more. */
const COUNT_MS = 250;
/** File systems that do not rename a folder of theirs in some cases, which nobody can tell before. */
const MAY_REFUSE = new Set(['overlay', 'fuse.mergerfs', 'aufs']);

/** Says of a folder that is to be renamed where that may turn out not to be possible. */
export function sayMayGoApart({ path, facts }: Located, { disk, warnings }: PlanningParts): void {
  const fileSystem = facts.type === FOLDER ? disk.mountOf(path)?.fileSystem : undefined;
  if (fileSystem !== undefined && MAY_REFUSE.has(fileSystem))
    warnings.say(
      `${fileSystem} cannot rename every folder: what is in one that it does not is copied, compared, and then removed here`,
    );
}

/** Counts what goes in one step, with all that is below it. Answers its bytes; `undefined` where they were not all counted. */
export function countWhole({ path, facts, known }: Located, parts: PlanningParts): number | undefined {
  const { out, index } = parts;
  out.count(facts);
  if (facts.type !== FOLDER) return facts.size;
  const sums = known && index.sums(known.id);
  if (sums) {
    out.countBelow(sums);
    return sums.bytes;
  }
  const { counted, all } = countBelow(path, parts);
  out.countBelow(counted);
  if (all) return counted.bytes;
  parts.warnings.count(
    'uncounted',
    () => path,
    (n, first) =>
      n === 1 ? `${first} holds more than was counted here` : `${n} folders hold more than was counted here (${first})`,
  );
  return undefined;
}

function countBelow(
  path: string,
  { files, now, checkCancelled }: PlanningParts,
): { counted: { files: number; folders: number; bytes: number }; all: boolean } {
  const until = now() + COUNT_MS;
  const counted = { files: 0, folders: 0, bytes: 0 };
  const lister = new FolderLister(files);
  const waiting = [path];
  let all = true;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    checkCancelled();
    if (now() > until) return { counted, all: false };
    try {
      for (const { name, facts } of lister.list(folder)) {
        if (facts.type === FOLDER) {
          counted.folders++;
          waiting.push(joinNative(folder, name));
        } else {
          counted.files++;
          counted.bytes += facts.size;
        }
      }
    } catch (error) {
      if (!(error instanceof SdError)) throw error;
      all = false;
    }
  }
  return { counted, all };
}
