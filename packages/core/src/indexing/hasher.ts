import { toPlainError } from '../errors.ts';
import type { Pace } from '../pace.ts';
import type { ThreadPlatform } from '../platform.ts';
import type { WorkerPort } from '../ports/workers.ts';
import { identifyFiles } from './identify-files.ts';
import type { FileBatch, FromHasher, ToHasher } from './identify-protocol.ts';
import { WalkControl } from './walk-control.ts';

/** The thread that reads files and tells what they are. */
export function hasherRole(platform: ThreadPlatform, port: WorkerPort, pace: Pace): void {
  let control: WalkControl | undefined;
  port.onMessage((message) => {
    const told = message as ToHasher;
    if ('control' in told) control = new WalkControl(0, told.control);
    else send(told);
  });

  function mayGoOn(): boolean {
    pace.giveWay();
    return control?.stopped !== true;
  }

  function send(batch: FileBatch): void {
    let answer: FromHasher;
    try {
      answer = { identified: identifyFiles(platform.hashing, batch, mayGoOn) };
    } catch (error) {
      answer = { failed: toPlainError(error) };
    }
    port.post(answer);
  }
}
