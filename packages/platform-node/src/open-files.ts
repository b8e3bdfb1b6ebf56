import { readdirSync, readlinkSync } from 'node:fs';
import { decodeNative } from '@sd/core/domain/native-path.ts';

/** Paths of files that other processes of this user have open; of root, those of all. Only Linux says so without a program. */
export function* openFiles(enough: () => boolean): Generator<string> {
  for (const process of names('/proc')) {
    if (!/^\d+$/.test(process) || Number(process) === globalThis.process.pid) continue;
    for (const descriptor of names(`/proc/${process}/fd`)) {
      if (enough()) return;
      const path = opened(`/proc/${process}/fd/${descriptor}`);
      // Pipes and sockets are links to `pipe:[…]`; what was deleted is open under no name.
      if (path?.startsWith('/') && !path.endsWith(' (deleted)')) yield path;
    }
  }
}

/** None, where it is another user's, or the process has ended. */
function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function opened(descriptor: string): string | undefined {
  try {
    return decodeNative(readlinkSync(descriptor, { encoding: 'buffer' }));
  } catch {
    return undefined;
  }
}
