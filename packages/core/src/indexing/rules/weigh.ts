import { FILE, FOLDER } from '../../domain/entry.ts';
import type { LocationRules } from '../../domain/location.ts';
import { joinNative } from '../../domain/native-path.ts';
import { newListing } from '../../folder-listing.ts';
import type { ReadFiles } from '../../ports/files.ts';
import { type RuleName, compileRules } from './compile.ts';

/** Something the rules leave out, and what goes with it. */
export interface LeftOut {
  readonly path: string;
  readonly rule: RuleName;
  readonly type: number;
  bytes: number;
  files: number;
}

export interface Weighed {
  readonly leftOut: readonly LeftOut[];
  readonly bytes: number;
  readonly files: number;
  readonly keptBytes: number;
  readonly keptFiles: number;
  /** `false` where the time was up first. */
  readonly complete: boolean;
}

/** Walks a folder as an index would and weighs what its rules would leave out. Reads names and sizes only. */
export function weighRules(root: string, rules: LocationRules, files: ReadFiles, goOn: () => boolean): Weighed {
  const compiled = compileRules(rules, root, files);
  const device = files.facts(root)?.device;
  const listing = newListing(256);
  const leftOut: LeftOut[] = [];
  const kept = { bytes: 0, files: 0 };
  const folders: { readonly path: string; readonly within?: LeftOut }[] = [{ path: root }];
  let complete = true;
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    if (!goOn()) {
      complete = false;
      break;
    }
    const { path, within } = folder;
    try {
      files.listFolder(path, listing);
    } catch {
      continue;
    }
    const at = within ? undefined : compiled.at(path);
    for (const [index, name] of listing.names.entries()) {
      const type = listing.types[index] ?? 0;
      const child = joinNative(path, name);
      const rule = at && compiled.leaveOut(name, type, at);
      const owner = within ?? (rule && newLeftOut(leftOut, child, rule, type));
      if (type === FILE) {
        const sums = owner ?? kept;
        sums.bytes += listing.sizes[index] ?? 0;
        sums.files++;
      } else if (type === FOLDER && (rules.cross_mounts || listing.devices[index] === device))
        folders.push({ path: child, ...(owner ? { within: owner } : {}) });
    }
  }
  const sum = (of: 'bytes' | 'files'): number => leftOut.reduce((total, item) => total + item[of], 0);
  return { leftOut, bytes: sum('bytes'), files: sum('files'), keptBytes: kept.bytes, keptFiles: kept.files, complete };
}

function newLeftOut(all: LeftOut[], path: string, rule: RuleName, type: number): LeftOut {
  const item = { path, rule, type, bytes: 0, files: 0 };
  all.push(item);
  return item;
}
