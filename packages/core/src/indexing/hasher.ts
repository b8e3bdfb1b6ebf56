import { samplingPlan } from '../domain/content-id.ts';
import { kindOfContent } from '../domain/magic.ts';
import { joinNative } from '../domain/native-path.ts';
import { asSdError, toPlainError } from '../errors.ts';
import type { Pace } from '../pace.ts';
import type { ThreadPlatform, WorkerPort } from '../platform.ts';
import {
  CHANGED,
  type FileBatch,
  type FromHasher,
  IDENTIFIED,
  type ToHasher,
  UNREADABLE,
  VANISHED,
} from './identify-protocol.ts';
import { WalkControl } from './walk-control.ts';

/** The thread that reads files and tells what they are. */
export function hasherRole(platform: ThreadPlatform, port: WorkerPort, pace: Pace): void {
  let control: WalkControl | undefined;
  port.onMessage((message) => {
    const told = message as ToHasher;
    if ('control' in told) control = new WalkControl(0, told.control);
    else send(told);
  });

  function send(batch: FileBatch): void {
    let answer: FromHasher;
    try {
      answer = { identified: identify(batch) };
    } catch (error) {
      answer = { failed: toPlainError(error) };
    }
    port.post(answer);
  }

  function identify(batch: FileBatch): Extract<FromHasher, { identified: unknown }>['identified'] {
    const { number, ids, sizes, mtimes, folderOf } = batch;
    const folders = batch.folders.split('\0');
    const names = ids.length > 0 ? batch.names.split('/') : [];
    const outcomes = new Uint8Array(names.length);
    const kinds = new Uint8Array(names.length);
    const hashes = new Uint8Array(names.length * 32);
    const problems: { path: string; reason: string }[] = [];
    for (const [at, name] of names.entries()) {
      // What is left when the scan stops counts as not looked at.
      if (control?.stopped) {
        outcomes.fill(CHANGED, at);
        break;
      }
      pace.giveWay();
      const size = sizes[at] ?? 0;
      const path = joinNative(folders[folderOf[at] ?? 0] ?? '', name);
      try {
        const { prefix, ranges } = samplingPlan(size);
        const found = platform.hashing.file(path, size, prefix, ranges);
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
}
