import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export const FFMPEG = 'ffmpeg';
/** One frame, encoded; more is a film that lies about its size. */
const MOST_BYTES = 64 * 2 ** 20;
const LONGEST_EDGE_ALLOWED = 16_384;

/** A film: the open file, and where it was opened. */
export interface Film {
  readonly file: number;
  /** Native path. */
  readonly path: string;
}

/** ffmpeg did not end in time, or said more than it may. */
export class FfmpegFailed extends Error {}

/** Where ffmpeg is; `undefined` where it is not installed. */
export function ffmpegPath(path = process.env['PATH'] ?? ''): string | undefined {
  const name = process.platform === 'win32' ? `${FFMPEG}.exe` : FFMPEG;
  for (const folder of path.split(delimiter)) {
    // A relative folder would be looked for wherever this process happens to stand.
    if (!folder.startsWith('/') && process.platform !== 'win32') continue;
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch {
      // not there
    }
  }
  return undefined;
}

/**
 * One frame of a film at that second, no larger than `edge`, as PNG; `undefined` where there is none there. ffmpeg gets
 * the open file and nothing else: it may open no other, and no address. Throws `FfmpegFailed` at the limit.
 */
export function frameAt(
  film: Film,
  second: number,
  edge: number,
  { milliseconds }: { milliseconds: number },
): Promise<Buffer | undefined> {
  const scale = `scale='min(${edge},iw)':'min(${edge},ih)':force_original_aspect_ratio=decrease`;
  const child = spawn(
    ffmpegPath() ?? FFMPEG,
    [
      ...[
        '-v',
        'error',
        '-nostdin',
        '-threads',
        '1',
        '-timelimit',
        String(Math.ceil(milliseconds / 1000)),
        '-protocol_whitelist',
        'file',
        '-max_pixels',
      ],
      ...[String(LONGEST_EDGE_ALLOWED ** 2), '-ss', second.toFixed(3), '-i', inputOf(film)],
      ...['-map', '0:v:0', '-an', '-sn', '-dn', '-frames:v', '1', '-vf', scale, '-c:v', 'png', '-f', 'image2pipe', '-'],
    ],
    { stdio: ['ignore', 'pipe', 'ignore', film.file], windowsHide: true },
  );
  return outputOf(child, milliseconds);
}

/** The open file itself, where the system has a name for it: whatever is put at its path meanwhile is not read. */
function inputOf({ path }: Film): string {
  return process.platform === 'win32' ? `file:${path}` : 'file:/dev/fd/3';
}

function outputOf(child: ChildProcess, milliseconds: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const fail = (reason: string): void => {
      child.kill('SIGKILL');
      reject(new FfmpegFailed(reason));
    };
    const timer = setTimeout(() => fail(`${FFMPEG} took longer than a file may`), milliseconds);
    child.stdout?.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MOST_BYTES) fail('a frame of it is larger than a frame may be');
    });
    child.on('error', (error) => fail(`${FFMPEG} cannot be started: ${error.message}`));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0 && bytes > 0 ? Buffer.concat(chunks) : undefined);
    });
  });
}
