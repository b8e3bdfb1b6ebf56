import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OpenedFile } from '@sd/core/ports/files.ts';
import type { Serving } from '@sd/core/serving/serving.ts';
import { answerStatus, isKnown } from './http-answer.ts';
import { contentHeaders } from './http-file-headers.ts';
import { partOf } from './http-range.ts';
import type { HttpStreams } from './http-streams.ts';

const PIECE_BYTES = 128 * 1024;

export interface FileRequest {
  readonly library: string | undefined;
  /** Of an entry, or of a content. */
  readonly id: string;
  readonly download: boolean;
}

/** One file or a part of it, read only as fast as the client takes it. `gone` aborts when the client has left. */
export function sendFile(
  parts: { serving: Serving; streams: HttpStreams },
  request: IncomingMessage,
  response: ServerResponse,
  { library, id, download }: FileRequest,
  gone: AbortSignal,
): Promise<void> {
  return parts.streams.run(gone, async () => {
    const { file, name } = await parts.serving.openFile(library, id);
    try {
      await answer(file, request, response, contentHeaders(name, download), gone);
    } finally {
      await file.close();
    }
  });
}

async function answer(
  file: OpenedFile,
  request: IncomingMessage,
  response: ServerResponse,
  content: Record<string, string>,
  gone: AbortSignal,
): Promise<void> {
  const { size, mtime, inode } = file.facts;
  const etag = `"${[size, mtime, inode].map((one) => one.toString(36)).join('-')}"`;
  const modified = new Date(Math.floor(mtime / 1e6) * 1000).toUTCString();
  const headers = { etag, 'last-modified': modified, 'accept-ranges': 'bytes', 'cache-control': 'private, no-cache' };
  if (isKnown(request, etag)) return void response.writeHead(304, headers).end();
  const part = partOf(request.headers, { size, etag, modified });
  if (part.type === 'none') return answerStatus(response, 416, { ...headers, 'content-range': `bytes */${size}` });
  const [start, end] = part.type === 'part' ? [part.start, part.end] : [0, size - 1];
  response.writeHead(part.type === 'part' ? 206 : 200, {
    ...headers,
    ...content,
    'content-length': end - start + 1,
    ...(part.type === 'part' ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
  });
  if (request.method === 'HEAD') return void response.end();
  await pour(file, response, start, end + 1, gone);
}

async function pour(
  file: OpenedFile,
  response: ServerResponse,
  start: number,
  end: number,
  gone: AbortSignal,
): Promise<void> {
  const buffer = Buffer.allocUnsafeSlow(Math.min(PIECE_BYTES, end - start));
  for (let at = start; at < end && !gone.aborted;) {
    const length = await file.read(buffer.subarray(0, Math.min(buffer.length, end - at)), at);
    // It has become shorter: the client shall see a broken transfer, not wait for what will never come.
    if (length === 0) return void response.destroy();
    at += length;
    // The buffer is used again, and the disk is read no faster than the client takes it.
    if (!(await taken(response, buffer.subarray(0, length), gone))) return;
  }
  if (!gone.aborted) response.end();
}

/** Resolves when the system has taken the bytes; `false` where the client has left. */
function taken(response: ServerResponse, bytes: Buffer, gone: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const left = (): void => resolve(false);
    gone.addEventListener('abort', left, { once: true });
    response.write(bytes, (error) => {
      gone.removeEventListener('abort', left);
      resolve(!error);
    });
  });
}
