import type { IncomingMessage, ServerResponse } from 'node:http';
import { SdError, asSdError } from '@sd/core/errors.ts';
import type { Log } from '@sd/core/ports/log.ts';
import { sameSecret } from '@sd/core/rpc/same-secret.ts';
import type { Serving } from '@sd/core/serving/serving.ts';
import { answerError, answerStatus } from './http-answer.ts';
import { sendFile } from './http-file.ts';
import { type Doors, mayConnect } from './http-guard.ts';
import { HttpStreams } from './http-streams.ts';
import { sendThumbnail } from './http-thumbnail.ts';

/** Characters of a URL: what we answer to is far below. */
const LONGEST_URL = 4_096;
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
// The whole path, as it came: nothing in it is decoded, so that nothing in it can mean another place.
const THUMBNAIL = new RegExp(`^/thumbnail/(${UUID})/(256|1024)$`);
const FILE = new RegExp(`^/file/(\\d{1,15}|${UUID})$`);
const METHODS = 'GET, HEAD, OPTIONS';

export interface HttpParts {
  readonly serving: Serving;
  readonly token: string;
  readonly log: Pick<Log, 'error'>;
}

/** Answers what is no WebSocket: thumbnails and files, to whoever has the token or a signed URL. */
export class HttpHandler {
  readonly #parts: HttpParts;
  readonly #streams = new HttpStreams();

  constructor(parts: HttpParts) {
    this.#parts = parts;
  }

  handle(request: IncomingMessage, response: ServerResponse, doors: Doors): void {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    response.on('error', () => gone.abort());
    this.#answer(request, response, doors, gone.signal).catch((error: unknown) => {
      const known = asSdError(error);
      if (known.code === 'INTERNAL') this.#parts.log.error('a request over HTTP failed', { error: String(error) });
      if (response.headersSent) response.destroy();
      else answerError(request, response, known);
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse, doors: Doors, gone: AbortSignal): Promise<void> {
    const { method = '', url = '' } = request;
    if (!mayConnect(request, doors)) return answerStatus(response, 403, { connection: 'close' });
    if (url.length > LONGEST_URL) return answerStatus(response, 414, { connection: 'close' });
    allowOrigin(request, response);
    if (url === '/') return answerStatus(response, 426, { connection: 'close', upgrade: 'websocket' });
    // A page asks this before it sends a header of its own; it carries no secret and is told none.
    if (method === 'OPTIONS') return answerStatus(response, 204, PREFLIGHT);
    if (method !== 'GET' && method !== 'HEAD')
      return answerStatus(response, 405, { allow: METHODS, connection: 'close' });

    const [path, query] = split(url);
    const asked = new URLSearchParams(query);
    const library = asked.get('library') ?? undefined;
    const [, content, size] = THUMBNAIL.exec(path) ?? [];
    const [, file] = FILE.exec(path) ?? [];
    this.#authorize(request, asked, content === undefined ? file : undefined);
    const { serving } = this.#parts;
    if (content !== undefined)
      return sendThumbnail(serving, request, response, {
        library,
        content,
        size: size === '256' ? 256 : 1024,
        version: asked.get('v') ?? undefined,
      });
    if (file === undefined) throw new SdError('NOT_FOUND', 'there is nothing here');
    const wanted = { library, id: file, download: asked.has('download') };
    return sendFile({ serving, streams: this.#streams }, request, response, wanted, gone);
  }

  /** By the token, or a signature for just this. Throws `UNAUTHENTICATED`. */
  #authorize(request: IncomingMessage, asked: URLSearchParams, file: string | undefined): void {
    const bearer = /^Bearer ([0-9a-f]+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined && sameSecret(bearer, this.#parts.token)) return;
    const [library, expires, signature] = ['library', 'expires', 'signature'].map((name) => asked.get(name));
    if (bearer === undefined && library && signature && /^\d{1,15}$/.test(expires ?? '')) {
      const scope = file === undefined ? ({ library, thumbnails: true } as const) : { library, file };
      if (this.#parts.serving.grants.allows(scope, Number(expires), signature)) return;
    }
    throw new SdError('UNAUTHENTICATED', 'neither the token nor a signature that holds', {
      way_out:
        'send the token of the data folder as "Authorization: Bearer …", or ask query:library.media_url for a URL',
    });
  }
}

const PREFLIGHT = {
  'access-control-allow-methods': METHODS,
  'access-control-allow-headers': 'authorization, range, if-range, if-none-match',
  'access-control-max-age': '600',
};

/** The origin was checked: its page may read the answer. */
function allowOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('vary', 'origin');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  // Whoever has a signed URL may show what it is for; without one there is nothing to show.
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  if (headers.origin === undefined) return;
  response.setHeader('access-control-allow-origin', headers.origin);
  response.setHeader('access-control-expose-headers', 'content-range, content-length, etag, accept-ranges');
}

function split(url: string): [path: string, query: string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}
