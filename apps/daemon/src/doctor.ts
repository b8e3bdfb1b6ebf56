import { once } from 'node:events';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { DAEMON_FILES, type DaemonRecord } from '@sd/client/node/daemon-files.ts';
import { type Finding, ok, problem, warning } from '@sd/core/doctor/finding.ts';
import type { Files } from '@sd/core/ports/files.ts';
import { ffmpegPath } from '@sd/platform-node/media/ffmpeg.ts';

/** On one machine, an answer that takes longer is none. */
const PATIENCE_MS = 3_000;

export interface DaemonParts {
  readonly dataFolder: string;
  readonly files: Pick<Files, 'isPrivate'>;
  /** Where it listens, once it does. */
  readonly record: () => DaemonRecord | undefined;
}

/** What a daemon finds of itself: whether clients reach it, and nobody else can; and programs it can use. */
export async function diagnoseDaemon({ dataFolder, files, record }: DaemonParts): Promise<Finding[]> {
  const address = record();
  const port = address?.websocket?.port;
  return [
    token(dataFolder, files),
    ...(address ? [await socket(address.socket)] : []),
    port === undefined ? ok('HTTP port', 'off: nothing in config.json asks for it') : await http(port),
    ffmpeg(),
  ];
}

function token(dataFolder: string, files: Pick<Files, 'isPrivate'>): Finding {
  const path = join(dataFolder, DAEMON_FILES.token);
  return files.isPrivate(path) === false
    ? problem(
        'token',
        `${path} can be read by others: they can connect`,
        `chmod 600 ${path}; to change it, remove it and sd restart`,
      )
    : ok('token', 'only you can read it');
}

async function socket(path: string): Promise<Finding> {
  const connection = createConnection(path);
  try {
    await once(connection, 'connect', { signal: AbortSignal.timeout(PATIENCE_MS) });
    return ok('socket', `${path} answers`);
  } catch (error) {
    return problem('socket', `${path} does not answer: ${String(error)}`, 'sd restart');
  } finally {
    connection.destroy();
  }
}

async function http(port: number): Promise<Finding> {
  const url = `http://127.0.0.1:${port}/`;
  try {
    const { status } = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    // What a WebSocket's address answers to whoever speaks plain HTTP.
    if (status === 426) return ok('HTTP port', `${url} answers`);
    return problem(
      'HTTP port',
      `${url} answers ${status}`,
      'another program stands between: look at proxies and firewalls',
    );
  } catch (error) {
    return problem(
      'HTTP port',
      `${url} does not answer: ${String(error)}`,
      'look at the firewall: the loopback interface must be open',
    );
  }
}

function ffmpeg(): Finding {
  const path = ffmpegPath();
  return path === undefined
    ? warning(
        'ffmpeg',
        'it is not installed: videos have no thumbnails',
        'install ffmpeg, then sd restart and sd sidecar make',
      )
    : ok('ffmpeg', path);
}
