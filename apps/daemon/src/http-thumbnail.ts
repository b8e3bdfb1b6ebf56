import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Serving } from '@sd/core/serving/serving.ts';
import { isKnown } from './http-answer.ts';

const YEAR_S = 31_536_000;

export interface ThumbnailRequest {
  readonly library: string | undefined;
  readonly content: string;
  readonly size: 256 | 1024;
  /** The version of the maker the client expects (`?v=`). */
  readonly version: string | undefined;
}

/**
 * One thumbnail. The picture of a content changes only with what makes it: under a URL that names the maker's version
 * it is kept for good, under one that does not it is asked for again, and answered by 304.
 */
export async function sendThumbnail(
  serving: Serving,
  request: IncomingMessage,
  response: ServerResponse,
  { library, content, size, version }: ThumbnailRequest,
): Promise<void> {
  const { bytes, maker } = await serving.thumbnail(library, content, size);
  const etag = `"${content}-${size}-${maker}"`;
  const headers = {
    etag,
    'cache-control': version === String(maker) ? `private, max-age=${YEAR_S}, immutable` : 'private, no-cache',
  };
  if (isKnown(request, etag)) return void response.writeHead(304, headers).end();
  response.writeHead(200, { ...headers, 'content-type': 'image/webp', 'content-length': bytes.length });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}
