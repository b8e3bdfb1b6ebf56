import { FILE } from '../domain/entry.ts';
import { showNative } from '../domain/native-path.ts';
import { SdError } from '../errors.ts';
import type { Files } from '../ports/files.ts';
import { EXPORT_BEGIN, type ExportState } from './protocol.ts';

/** What is appended to the name of a file while it is written. */
const PART_SUFFIX = '.sd-part';

export function partOf(path: string): string {
  return path + PART_SUFFIX;
}

/**
 * Gives the whole part its name; asked again after a crash, it sees that it has. Throws `ALREADY_EXISTS` where the name
 * was taken meanwhile, and `NOT_FOUND` where the part is gone.
 */
export function namePart(files: Pick<Files, 'facts' | 'renameNew'>, path: string, bytes: number): void {
  const part = partOf(path);
  const made = files.facts(path);
  if (!files.facts(part) && made?.type === FILE && made.size === bytes) return;
  try {
    files.renameNew(part, path);
  } catch (error) {
    throw error instanceof SdError && error.code === 'ALREADY_EXISTS' ? taken(path) : error;
  }
}

export function taken(path: string): SdError {
  return new SdError('ALREADY_EXISTS', `${showNative(path)} is there already, and nothing is overwritten`, {
    way_out: 'choose another name, or move that file away',
  });
}

/**
 * Where an export goes on: from its state, or from its start where its part is gone or has lost its end, as after a
 * cancellation or a power cut.
 */
export function resumed(files: Pick<Files, 'facts'>, path: string, state: ExportState): ExportState {
  if (state.phase === 'begin' || state.bytes === 0) return state;
  const part = files.facts(partOf(path));
  if (part) return part.size < state.bytes ? { ...EXPORT_BEGIN, phase: 'write', up_to: state.up_to } : state;
  return state.phase === 'name' && files.facts(path)?.size === state.bytes ? state : EXPORT_BEGIN;
}
