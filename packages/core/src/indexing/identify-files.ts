import { samplingPlan } from '../domain/content-id.ts';
import { kindOfContent } from '../domain/magic.ts';
import { joinNative } from '../domain/native-path.ts';
import { asSdError } from '../errors.ts';
import type { Hashing } from '../ports/hashing.ts';
import {
  CHANGED,
  type FileBatch,
  IDENTIFIED,
  type IdentifiedBatch,
  UNREADABLE,
  VANISHED,
} from './identify-protocol.ts';

/** Reads each file of a batch and tells what it is. `mayGoOn` is asked before each. */
export function identifyFiles(hashing: Hashing, batch: FileBatch, mayGoOn: () => boolean): IdentifiedBatch {
  const { number, ids, sizes, mtimes, folderOf } = batch;
  const folders = batch.folders.split('\0');
  const names = ids.length > 0 ? batch.names.split('/') : [];
  const outcomes = new Uint8Array(names.length);
  const kinds = new Uint8Array(names.length);
  const hashes = new Uint8Array(names.length * 32);
  const problems: { path: string; reason: string }[] = [];
  for (const [at, name] of names.entries()) {
    // What is left then counts as not looked at.
    if (!mayGoOn()) {
      outcomes.fill(CHANGED, at);
      break;
    }
    const size = sizes[at] ?? 0;
    const path = joinNative(folders[folderOf[at] ?? 0] ?? '', name);
    try {
      const { prefix, ranges } = samplingPlan(size);
      const found = hashing.file(path, size, prefix, ranges);
      outcomes[at] = found ? IDENTIFIED : CHANGED;
      if (!found) continue;
      hashes.set(found.hash, at * 32);
      kinds[at] = kindOfContent(name, found.head);
    } catch (error) {
      const known = asSdError(error);
      outcomes[at] = known.code === 'NOT_FOUND' ? VANISHED : UNREADABLE;
      problems.push({ path, reason: known.code === 'INTERNAL' ? String(error) : known.message });
    }
  }
  return { number, outcomes, kinds, hashes, ids, sizes, mtimes, problems };
}
