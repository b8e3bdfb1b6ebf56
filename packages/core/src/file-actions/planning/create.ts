import { FILE, FOLDER } from '../../domain/entry.ts';
import { basenameOf, joinNative, namesBelow, parentOf, showNative } from '../../domain/native-path.ts';
import { SdError } from '../../errors.ts';
import type { PlanRequest } from '../protocol.ts';
import { isRoot, pathOf } from './locate.ts';
import { checkName } from './names.ts';
import type { Planned, PlanningParts } from './parts.ts';
import { newFacts } from './plan-writer.ts';
import { type TargetFolder, folderThere } from './target.ts';

type CreateRequest = Extract<PlanRequest, { operation: 'entries.create_folder' | 'entries.create_file' }>;

/** Plans `entries.create_folder` and `entries.create_file`. */
export function planCreate({ operation, target, parents }: CreateRequest, parts: PlanningParts): Planned {
  const path = pathOf(target, parts);
  const what = operation === 'entries.create_folder' ? 'folder' : 'file';
  const there = parts.disk.facts(path);
  const shown = showNative(path);
  if (there && !(parents && what === 'folder' && parts.disk.realFolder(path)?.facts.type === FOLDER))
    throw new SdError('ALREADY_EXISTS', `${shown} is there already`, { way_out: 'choose another name' });
  const above = parentOf(path);
  if (above === undefined) throw isRoot(path);
  if (there) return { summary: `${shown} is there already` };
  const { folder, missing } = nearest(above, parents, parts);
  let parent: number | undefined;
  for (const name of missing) parent = add('make_folder', name, parent, folder, parts);
  add(what === 'folder' ? 'make_folder' : 'make_file', basenameOf(path), parent, folder, parts);
  return { summary: `Create the ${what} ${shown}`, target: { folder: folder.path, device: folder.device } };
}

/** The folder that is there to begin from, and the names of those to be made below it. */
export function nearest(
  path: string,
  mayMake: boolean,
  parts: PlanningParts,
): { folder: TargetFolder; missing: readonly string[] } {
  const from = parts.disk.facts(path) ? path : parts.disk.nearest(path);
  const missing = namesBelow(from, path) ?? [];
  if (missing.length > 0 && !mayMake)
    throw new SdError('NOT_FOUND', `there is no folder ${showNative(path)}`, {
      way_out: `sd mkdir --parents makes it too; the nearest that is there: ${showNative(from)}`,
    });
  const folder = folderThere(from, parts);
  if (!folder) throw new SdError('NOT_FOUND', `${showNative(from)} leads nowhere`);
  return { folder, missing };
}

/** A new folder or file below `parent`, or directly in `folder`. */
export function add(
  kind: 'make_folder' | 'make_file',
  name: string,
  parent: number | undefined,
  { path, device, limits }: TargetFolder,
  { out }: PlanningParts,
): number {
  checkName(name, path, limits);
  const facts = newFacts(kind === 'make_file' ? FILE : FOLDER, device);
  out.count(facts);
  const target = parent === undefined ? joinNative(path, name) : name;
  return out.add({ kind, ...(parent === undefined ? {} : { parent }), target, facts });
}
