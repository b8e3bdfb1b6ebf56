import type { FoundStep } from '../../db/actions/steps.ts';
import { FILE, FOLDER } from '../../domain/entry.ts';
import { toHex } from '../../domain/ids.ts';
import { asSdError } from '../../errors.ts';
import type { FileFacts, ReadFiles } from '../../ports/files.ts';
import { LANDS } from '../foreseen.ts';
import { isSameFile } from '../../domain/same-inode.ts';
import type { StepPaths } from '../step-paths.ts';
import type { Findings } from './findings.ts';
import type { IndexLook } from './index-look.ts';

export interface StepCheckParts {
  readonly files: ReadFiles;
  readonly paths: StepPaths;
  readonly index: IndexLook;
  readonly findings: Findings;
  /** Where a thing in the trash lies. */
  trashed(uuid: string): string | undefined;
  /** Full BLAKE3; `undefined` where nobody wants it, or it was told to stop. */
  hash(path: string, size: number): Uint8Array | undefined;
  /** A later step of the same plan has taken it on from there. */
  isTakenOn(path: string, step: number): boolean;
}

/** Holds what a step was to do against the disk and the index. */
export function checkStep(parts: StepCheckParts, step: FoundStep): void {
  const { source, target: planned } = parts.paths.of(step);
  const target = step.outcome?.target ?? planned;
  if (LANDS.has(step.kind)) {
    if (target !== undefined && !parts.isTakenOn(target, step.seq)) checkThere(parts, step, target, source);
    if ((step.kind === 'move' || step.kind === 'rename') && source !== undefined && source !== target)
      checkGone(parts, step, source);
    return;
  }
  if (source === undefined || parts.isTakenOn(source, step.seq)) return;
  const { kind } = step;
  if (kind === 'hard_link') return checkLinked(parts, step, source, target);
  if (kind !== 'trash' && kind !== 'delete' && kind !== 'remove_folder') return checkThere(parts, step, source, target);
  checkGone(parts, step, source);
  if (kind === 'trash') checkInTrash(parts, step, source);
}

function checkThere(parts: StepCheckParts, step: FoundStep, path: string, copyOf: string | undefined): void {
  const { findings } = parts;
  const was = step.outcome?.facts;
  const is = look(parts, step, path);
  if (!is || !was) return findings.compare(step.seq, path, 'existence', 'there', is ? 'there' : 'gone');
  findings.compare(step.seq, path, 'type', was.type, is.type);
  if (was.type !== is.type) return;
  const expected = timeOf(step);
  if (expected !== undefined) findings.compare(step.seq, path, 'time of change', expected, is.mtime);
  if (was.type !== FOLDER) findings.compare(step.seq, path, 'size', was.size, is.size);
  checkIndexed(parts, step, path, is);
  if (was.type === FILE && is.size === was.size) checkBytes(parts, step, path, copyOf, is);
}

/** Of a folder that others come into, its time says nothing; of one that was copied, it is that of its source. */
function timeOf({ kind, outcome, facts, name }: FoundStep): number | undefined {
  if (outcome?.facts?.type !== FOLDER) return outcome?.facts?.mtime;
  if (kind === 'make_folder') return outcome.existed || name === undefined ? undefined : facts.mtime;
  return undefined;
}

function checkIndexed(parts: StepCheckParts, step: FoundStep, path: string, is: FileFacts): void {
  const says = parts.index.at(path, is.type);
  if (says.type === 'not indexed') return;
  parts.findings.compare(step.seq, path, 'row in the index', 'there', says.type === 'row' ? 'there' : 'missing');
  if (says.type !== 'row') return;
  if (is.type !== FOLDER) parts.findings.compare(step.seq, path, 'size in the index', is.size, says.size);
  parts.findings.compare(step.seq, path, 'time in the index', is.mtime, says.mtime);
}

/** By the hash that was read back when it was carried out, else by the file it is a copy of, if that is as it was. */
function checkBytes(
  parts: StepCheckParts,
  step: FoundStep,
  path: string,
  copyOf: string | undefined,
  is: FileFacts,
): void {
  if (step.kind !== 'copy' && step.kind !== 'move' && step.kind !== 'clone') return;
  let expected = step.outcome?.hash;
  if (!expected && copyOf !== undefined) {
    const now = look(parts, step, copyOf);
    if (!now || now.size !== step.facts.size || now.mtime !== step.facts.mtime) return;
    expected = read(parts, step, copyOf, now.size);
  }
  const seen = expected && read(parts, step, path, is.size);
  if (expected && seen) parts.findings.compareBytes(step.seq, path, toHex(expected), toHex(seen));
}

function checkGone(parts: StepCheckParts, step: FoundStep, path: string): void {
  const is = look(parts, step, path);
  // Another thing may have come to its place since.
  if (is && isSameFile(step.facts, is)) return parts.findings.compare(step.seq, path, 'existence', 'gone', 'there');
  if (is) return;
  const says = parts.index.at(path, step.facts.type);
  parts.findings.compare(step.seq, path, 'row in the index', 'gone', says.type === 'row' ? 'there' : 'gone');
}

function checkInTrash(parts: StepCheckParts, step: FoundStep, path: string): void {
  const place = step.outcome?.trashed === undefined ? undefined : parts.trashed(step.outcome.trashed);
  // Without a row it was restored, or taken out for good, since.
  if (place === undefined) return;
  const is = look(parts, step, place);
  parts.findings.compare(step.seq, path, 'place in the trash', 'there', is ? 'there' : 'gone');
}

function checkLinked(parts: StepCheckParts, step: FoundStep, path: string, kept: string | undefined): void {
  const [one, other] = [look(parts, step, path), kept === undefined ? undefined : look(parts, step, kept)];
  parts.findings.compare(step.seq, path, 'inode', other?.inode ?? 'that of its twin', one?.inode ?? 'gone');
}

function look(parts: StepCheckParts, step: FoundStep, path: string): FileFacts | undefined {
  try {
    return parts.files.facts(path);
  } catch (error) {
    parts.findings.compare(step.seq, path, 'existence', 'to be seen', asSdError(error).message);
    return undefined;
  }
}

function read(parts: StepCheckParts, step: FoundStep, path: string, size: number): Uint8Array | undefined {
  try {
    return parts.hash(path, size);
  } catch (error) {
    parts.findings.compare(step.seq, path, 'bytes', 'to be read', asSdError(error).message);
    return undefined;
  }
}
