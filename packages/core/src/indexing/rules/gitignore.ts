import ignore, { type Ignore } from 'ignore';
import { decodeNative, joinNative } from '../../domain/native-path.ts';
import type { ReadFiles } from '../../ports/files.ts';

const LARGEST = 1024 * 1024;

/** `ignore` remembers every path it was asked about; over a big tree that is too much. */
const ASKED_AT_MOST = 10_000;

/** The `.gitignore` files that rule in a folder, the nearest first. */
export interface IgnoreChain {
  readonly parent: IgnoreChain | undefined;
  /** Path of the folder with the file, with a slash. */
  readonly base: string;
  test(relative: string): { ignored: boolean; unignored: boolean };
}

/** The chain within `folder`: its parent's, and its own `.gitignore` where it has one that can be read. */
export function chainIn(
  folder: string,
  parent: IgnoreChain | undefined,
  files: Pick<ReadFiles, 'readWhole'>,
): IgnoreChain | undefined {
  const text = readIgnore(joinNative(folder, '.gitignore'), files);
  if (text === undefined) return parent;
  let [matcher, asked] = [parseIgnore(text), 0];
  const test = (relative: string): { ignored: boolean; unignored: boolean } => {
    if (++asked > ASKED_AT_MOST) [matcher, asked] = [parseIgnore(text), 0];
    return matcher.test(relative);
  };
  return { parent, base: joinNative(folder, ''), test };
}

/** The nearest file that has something to say about the entry decides; a folder that is ignored is not entered, so nothing below can be taken back. */
export function isIgnored(chain: IgnoreChain | undefined, path: string, isFolder: boolean): boolean {
  for (let link = chain; link; link = link.parent) {
    const relative = path.slice(link.base.length);
    const { ignored, unignored } = link.test(isFolder ? `${relative}/` : relative);
    if (ignored || unignored) return ignored;
  }
  return false;
}

function readIgnore(path: string, files: Pick<ReadFiles, 'readWhole'>): string | undefined {
  try {
    return decodeNative(files.readWhole(path, LARGEST));
  } catch {
    // None, a folder of that name, too large, or not readable: then it says nothing.
    return undefined;
  }
}

function parseIgnore(text: string): Ignore {
  return ignore({ ignorecase: false }).add(text);
}
