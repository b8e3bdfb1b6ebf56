import { FOLDER } from '../../domain/entry.ts';
import { joinNative, showNative } from '../../domain/native-path.ts';
import { SdError } from '../../errors.ts';
import type { PlanRequest } from '../protocol.ts';
import { factsOf } from '../facts-of.ts';
import { FullDisks } from './full-disks.ts';
import { FolderLister } from './listing.ts';
import type { Located } from './locate.ts';
import { sayOpenElsewhere } from './open-elsewhere.ts';
import type { Planned, PlanningParts } from './parts.ts';
import { sourcesToTake } from './sources.ts';
import { countWhole } from './whole-folder.ts';

type TakeAwayRequest = Extract<PlanRequest, { operation: 'entries.trash' | 'entries.delete' }>;

/** Plans `entries.trash`: a step for each source, with all that is in it. */
export function planTrash({ sources: texts }: TakeAwayRequest, parts: PlanningParts): Planned {
  const sources = sourcesToTake(texts, parts);
  const fullDisks = new FullDisks(parts);
  let bytes = 0;
  for (const source of sources) {
    parts.checkCancelled();
    refuseMountedBelow(source, parts);
    fullDisks.look({ path: source.folder, device: source.folderFacts.device });
    parts.out.add({ kind: 'trash', name: source.path, facts: factsOf(source.facts), entry: source.known?.id });
    bytes += countWhole(source, parts) ?? 0;
  }
  sayOpenElsewhere(sources, parts);
  return { summary: `Move ${named(sources)} to the trash`, bytes };
}

/** Plans `entries.delete`: a step for each file and folder, what is in a folder before the folder. */
export function planDelete({ sources: texts }: TakeAwayRequest, parts: PlanningParts): Planned {
  const sources = sourcesToTake(texts, parts);
  const lister = new FolderLister(parts.files);
  let bytes = 0;
  for (const source of sources) {
    refuseMountedBelow(source, parts);
    bytes += deleteTree(source, lister, parts);
  }
  sayOpenElsewhere(sources, parts);
  return { summary: `Delete ${named(sources)} for good`, bytes };
}

interface Deleting {
  readonly path: string;
  readonly facts: Located['facts'] | ReturnType<typeof factsOf>;
  readonly entry: number | undefined;
  entered?: true;
}

function deleteTree({ path, facts, known }: Located, lister: FolderLister, parts: PlanningParts): number {
  const { out, index } = parts;
  const waiting: Deleting[] = [{ path, facts: factsOf(facts), entry: known?.id }];
  let bytes = 0;
  for (let next = waiting.at(-1); next; next = waiting.at(-1)) {
    if (next.facts.type === FOLDER && !next.entered) {
      parts.checkCancelled();
      next.entered = true;
      const indexed = next.entry === undefined ? undefined : index.children(next.entry);
      for (const child of lister.list(next.path).reverse())
        waiting.push({
          path: joinNative(next.path, child.name),
          facts: child.facts,
          entry: indexed?.get(child.name)?.id,
        });
      continue;
    }
    waiting.pop();
    out.add({ kind: 'delete', name: next.path, facts: next.facts, entry: next.entry });
    out.count(next.facts);
    if (next.facts.type !== FOLDER) bytes += next.facts.size;
  }
  return bytes;
}

/** What is mounted there is not meant by who takes the folder away. */
function refuseMountedBelow({ path, facts }: Located, { disk }: PlanningParts): void {
  const [mounted] = facts.type === FOLDER ? disk.mountsBelow(path) : [];
  if (mounted === undefined) return;
  throw new SdError('CONFLICT', `another file system is mounted below ${showNative(path)}, at ${showNative(mounted)}`, {
    way_out: 'unmount it first, or name what is to go more closely',
  });
}

export function named(sources: readonly Located[]): string {
  const [first] = sources;
  return sources.length === 1 && first ? `"${showNative(first.name)}"` : `${sources.length} items`;
}
