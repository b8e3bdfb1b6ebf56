import { choices, each, list, size, text } from '../declare/option.ts';
import type { OptionValues } from '../declare/command.ts';
import { addressOf, locationOf } from './address.ts';
import { KIND_WORDS } from './kinds.ts';

/** Which files may be duplicates of each other, as every command takes it. */
export const DUPLICATE_FILTERS = {
  larger: size('only files at least this large, e.g. 10MB'),
  smaller: size('only files at most this large'),
  kind: choices('KIND', KIND_WORDS, 'only of this kind, e.g. image,video', { short: 'k' }),
  ext: list('EXT', 'only with this extension, e.g. jpg,tar.gz', { short: 'e' }),
  location: each('LOCATION', 'only in this location', { complete: 'location' }),
  within: text('FOLDER', 'only below this folder', { complete: 'folder' }),
} as const;

export function duplicateParams({
  larger,
  smaller,
  kind,
  ext,
  location,
  within,
}: OptionValues<typeof DUPLICATE_FILTERS>) {
  return {
    ...(larger === undefined ? {} : { min_size: larger }),
    ...(smaller === undefined ? {} : { max_size: smaller }),
    ...(kind ? { kinds: kind } : {}),
    ...(ext ? { extensions: ext } : {}),
    ...(location ? { locations: location.map(locationOf) } : {}),
    ...(within === undefined ? {} : { within: addressOf(within) }),
  };
}
