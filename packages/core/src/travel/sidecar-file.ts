import { FILE } from '../domain/entry.ts';
import { basenameOf } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import type { ReadFiles } from '../ports/files.ts';
import type { UserFiles } from '../ports/user-files.ts';
import type { TravelFacts } from './facts.ts';
import { mergedSidecar } from './xmp/merge.ts';
import { factsOfSidecar, parseSidecar } from './xmp/properties.ts';

/** Real ones have some ten KiB; those with a history of edits some hundred. */
const LARGEST = 4 * 2 ** 20;
const SUFFIX = '.xmp';

/** The sidecar that a file has: `name.ext.xmp` before `name.xmp`. */
function sidecarOf(files: ReadFiles, path: string): string | undefined {
  return namesOf(path).find((name) => files.facts(name)?.type === FILE);
}

export function isSidecar(path: string): boolean {
  return path.toLowerCase().endsWith(SUFFIX);
}

/** What a file's sidecar says; `undefined` where it has none. Throws `CORRUPT`. */
export function readSidecarOf(files: ReadFiles, path: string): TravelFacts | undefined {
  const sidecar = sidecarOf(files, path);
  if (sidecar === undefined) return undefined;
  const { subjects, hierarchies, rating, description } = factsOfSidecar(parseSidecar(textOf(files, sidecar)));
  // Programs that write both put every name of a path among the subjects as well.
  const inPaths = new Set(hierarchies.flat());
  return {
    tags: subjects.filter((subject) => !inPaths.has(subject)),
    paths: hierarchies,
    ...(rating === undefined ? {} : { rating }),
    ...(description === undefined ? {} : { note: description }),
  };
}

/** What would be written for a file, and where; no bytes where all is there already. */
export interface PlannedSidecar {
  readonly path: string;
  readonly bytes: Uint8Array | undefined;
  readonly isNew: boolean;
  readonly left: readonly string[];
}

/** Throws `CORRUPT` where its sidecar cannot be read: then it stays as it is. */
export function planSidecar(files: ReadFiles, path: string, facts: TravelFacts): PlannedSidecar {
  const there = sidecarOf(files, path);
  const { text, keptDescription } = mergedSidecar(there === undefined ? undefined : textOf(files, there), {
    subjects: facts.tags,
    hierarchies: facts.paths.filter((names) => names.length > 1).map((names) => names.join('|')),
    rating: facts.rating,
    description: facts.note,
  });
  return {
    path: there ?? `${path}${SUFFIX}`,
    bytes: text === undefined ? undefined : new TextEncoder().encode(text),
    isNew: there === undefined,
    left: keptDescription ? ['the note: there is another description'] : [],
  };
}

/** Whole, so that a crash leaves the old or the new one. */
export function writeSidecar(
  files: Pick<ReadFiles, 'facts'>,
  writer: Pick<UserFiles, 'replaceFile'>,
  { path, bytes, isNew }: PlannedSidecar,
): void {
  if (!bytes) return;
  if (isNew && files.facts(path)) throw new SdError('ALREADY_EXISTS', `${basenameOf(path)} has appeared meanwhile`);
  writer.replaceFile(path, bytes);
}

function namesOf(path: string): string[] {
  const name = basenameOf(path);
  const dot = name.lastIndexOf('.');
  const bare = dot > 0 ? [path.slice(0, path.length - (name.length - dot))] : [];
  return [path, ...bare].flatMap((stem) => [stem + SUFFIX, stem + SUFFIX.toUpperCase()]);
}

function textOf(files: ReadFiles, path: string): string {
  const size = files.facts(path)?.size ?? 0;
  if (size > LARGEST) throw new SdError('LIMIT', `${basenameOf(path)} is larger than a sidecar may be`);
  const bytes = new Uint8Array(size);
  let read = 0;
  while (read < size) {
    const count = files.readAt(path, bytes.subarray(read), read);
    if (count === 0) break;
    read += count;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, read));
  } catch {
    throw new SdError('CORRUPT', 'its sidecar is not in UTF-8');
  }
}
