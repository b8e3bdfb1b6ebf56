import { MAIN_THREAD, WriteLock } from '../db/write-lock.ts';
import { SdError } from '../errors.ts';
import type { Workers } from '../platform.ts';
import type { ScannedLibrary } from './scan-run.ts';
import { Thread } from './thread.ts';
import { WalkControl } from './walk-control.ts';
import type { FromWriter, ToWriter } from './writer-protocol.ts';

/** Removes the rows below a root that belongs to no location any more. Can be stopped and repeated at any point. */
export async function sweepRoot(
  library: ScannedLibrary,
  rootEntry: number,
  parts: { workers: Workers; signal: AbortSignal },
): Promise<void> {
  const control = new WalkControl(0);
  const lock = new WriteLock(MAIN_THREAD, library.access.lock);
  const owner = lock.newOwner();
  const writer = new Thread<ToWriter, FromWriter>(parts.workers.spawn('index-writer', { background: true }));
  const stopped = new Promise<never>((_resolve, reject) => {
    const leave = (): void => {
      control.stop();
      reject(new SdError('CANCELLED', 'the sweep was stopped'));
    };
    if (parts.signal.aborted) leave();
    else parts.signal.addEventListener('abort', leave, { once: true });
  });
  stopped.catch(() => {});
  try {
    const root = { id: rootEntry, path: '/' };
    writer.post({
      type: 'start',
      library: library.access,
      owner,
      root,
      identify: false,
      control: control.memory,
      slots: [],
      firstNewId: library.entryIds.next,
    });
    await Promise.race([
      writer.ask(
        { type: 'sweep', root: rootEntry },
        (said): said is Extract<FromWriter, { type: 'swept' }> => said.type === 'swept',
      ),
      stopped,
    ]);
  } finally {
    await writer
      .ask({ type: 'close' }, (said): said is Extract<FromWriter, { type: 'closed' }> => said.type === 'closed')
      .catch(() => {});
    await writer.terminate();
    lock.releaseFor(owner);
  }
}
