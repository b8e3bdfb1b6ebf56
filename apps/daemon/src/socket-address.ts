import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { SdError } from '@sd/core/errors.ts';

export interface SocketAddress {
  readonly path: string;
  /** The private folder it lies in; a named pipe lies in none. */
  readonly folder?: string;
  /** The folder is not in the data folder, but one of ours in a shared place: it goes when the daemon goes. */
  readonly borrowed?: true;
}

/** What fits into a socket address: 104 bytes with its end on macOS, 108 on Linux. */
const MOST_BYTES = 103;

/** Where to listen: in the data folder, or, where that path is too long for a socket, in a folder of our own elsewhere. */
export function socketAddress(
  dataFolder: string,
  environment: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
): SocketAddress {
  const mark = createHash('sha256').update(dataFolder).digest('hex').slice(0, 12);
  if (platform === 'win32') return { path: `\\\\.\\pipe\\spacedrive-${userInfo().username}-${mark}` };
  const own = `spacedrive-${process.getuid?.() ?? 0}-${mark}`;
  const shared = [environment['XDG_RUNTIME_DIR'], tmpdir(), '/tmp'].filter(
    (folder) => folder !== undefined && folder !== '',
  );
  const places: SocketAddress[] = [
    inFolder(join(dataFolder, 'run')),
    ...shared.map((folder) => ({ ...inFolder(join(folder as string, own)), borrowed: true as const })),
  ];
  const fitting = places.find(({ path }) => Buffer.byteLength(path) <= MOST_BYTES);
  if (!fitting)
    throw new SdError('IO', 'there is no place with a path short enough for a socket', {
      way_out: 'set XDG_RUNTIME_DIR or TMPDIR to a short path',
    });
  return fitting;
}

function inFolder(folder: string): SocketAddress {
  return { folder, path: join(folder, 'daemon.sock') };
}
