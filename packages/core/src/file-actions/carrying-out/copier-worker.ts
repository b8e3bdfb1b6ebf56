import { SdError, toPlainError } from '../../errors.ts';
import type { ThreadPlatform } from '../../platform.ts';
import type { UserFiles } from '../../ports/user-files.ts';
import type { WorkerPort } from '../../ports/workers.ts';
import {
  type Copied,
  type CopiedPart,
  type SharedCopies,
  type ToCopier,
  type ToldCopies,
  heard,
  leaveRest,
  takeOne,
} from './copier-protocol.ts';
import { makeCopy } from './copy-task.ts';
import { endsAll } from './failed-step.ts';

/** The thread that makes copies beside the one that carries out a plan: that one says which, and what comes of them. */
export function copierRole(platform: ThreadPlatform, port: WorkerPort): void {
  const userFiles = platform.userFiles?.() ?? Promise.resolve(undefined);
  port.onMessage((message) => {
    const { port: carrier } = message as ToCopier;
    carrier.addEventListener('message', ({ data }) => {
      void answer(platform, userFiles, carrier, data as ToldCopies);
    });
    carrier.start();
  });
}

async function answer(
  platform: ThreadPlatform,
  userFiles: Promise<UserFiles | undefined>,
  carrier: MessagePort,
  copies: ToldCopies,
): Promise<void> {
  carrier.postMessage(partOf(platform, await userFiles, heard(copies)), []);
}

function partOf(platform: ThreadPlatform, userFiles: UserFiles | undefined, shared: SharedCopies): CopiedPart {
  const part: [number, Copied][] = [];
  const stop = new Int32Array(shared.stop);
  const goesOn = (): boolean => Atomics.load(stop, 0) === 0;
  while (goesOn()) {
    const next = takeOne(shared);
    if (!next) break;
    try {
      if (!userFiles) throw new SdError('UNAVAILABLE', 'files cannot be changed on this platform');
      const copied = makeCopy({ files: platform.files, userFiles }, next.task, goesOn);
      if (!copied || !shared.slots.set(next.at, copied)) part.push([next.at, copied ?? 'stopped']);
    } catch (error) {
      const plain = toPlainError(error);
      if (endsAll(plain)) leaveRest(shared);
      part.push([next.at, plain]);
    }
  }
  return part;
}
