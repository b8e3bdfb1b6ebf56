import { act } from '../daemon/act.ts';
import { asCliError } from '../errors.ts';
import { printable } from '../format/text.ts';
import { followScan } from '../progress/follow-scan.ts';
import type { Sd } from '../sd.ts';
import { addressOf } from '../shared/address.ts';
import { shellWord } from '../shared/shell-word.ts';
import type { JobInfo, LibrarySummary, LocationRules, LocationView, ScanResult } from '../wire.ts';

/** A folder that setup has seen to. */
export interface TakenFolder {
  readonly typed: string;
  readonly location: LocationView;
  readonly scan: ScanResult;
}

interface Started {
  readonly location: LocationView;
  readonly job: JobInfo;
}

/** Adds the folder, or looks at it again where it is known; waits until it is indexed. */
export async function takeFolder(
  sd: Sd,
  library: LibrarySummary,
  typed: string,
  wanted: { mode?: string; rules: Partial<LocationRules> | undefined },
): Promise<TakenFolder | undefined> {
  const path = addressOf(typed);
  const started = await addOrRescan(sd, library, {
    path,
    ...(wanted.mode ? { mode: wanted.mode } : {}),
    ...(wanted.rules ? { rules: wanted.rules } : {}),
  });
  if (!started) return undefined;
  const { location, job } = started;
  sd.out.remark('', sd.out.errorColors.bold(printable(location.native_path)));
  const scan = await followScan(sd, job, `sd setup ${shellWord(typed)}`);
  return { typed, location, scan };
}

async function addOrRescan(
  sd: Sd,
  library: LibrarySummary,
  input: Readonly<Record<string, unknown>>,
): Promise<Started | undefined> {
  try {
    return await act<Started>(sd, { action: 'locations.add', input: { library: library.id, ...input } });
  } catch (error) {
    const { code, data } = asCliError(error);
    if (code !== 'ALREADY_EXISTS' && code !== 'CONFLICT' && code !== 'NOT_FOUND') throw error;
    const { locations } = await (await sd.daemon()).call('query:locations.list', { library: library.id });
    const path = String(input['path']);
    // Known already, inside one that is, or known and away: that one is looked at. A folder around a known one is not.
    const location =
      code === 'NOT_FOUND'
        ? locations.find((one) => one.native_path === path)
        : locations.find(
            (one) => one.name === data['location'] && (code === 'ALREADY_EXISTS' || isInside(path, one.native_path)),
          );
    if (!location) throw error;
    return act<Started>(sd, { action: 'locations.rescan', input: { library: library.id, location: location.id } });
  }
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
