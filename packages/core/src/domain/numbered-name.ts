import { encodeNative } from './native-path.ts';

/** A suffix that is longer is no suffix: `a. The rest of the sentence`. */
const LONGEST_SUFFIX = 16;

/** The name that a second thing of that name gets: `Photos 2`, `letter 2.txt`, `backup 2.tar.gz`. */
export function numberedName(
  name: string,
  number: number,
  { folder, longest }: { folder: boolean; longest: number },
): string {
  const suffix = folder ? '' : suffixOf(name);
  const tail = ` ${number}${suffix}`;
  let stem = name.slice(0, name.length - suffix.length);
  // Cut by whole characters: half of one would be another name, or none.
  while (stem !== '' && encodeNative(stem + tail).length > longest) stem = [...stem].slice(0, -1).join('');
  return stem + tail;
}

function suffixOf(name: string): string {
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || name.length - dot > LONGEST_SUFFIX) return '';
  const inner = /\.tar$/i.exec(name.slice(0, dot));
  return inner && inner.index > 0 ? name.slice(inner.index) : name.slice(dot);
}
