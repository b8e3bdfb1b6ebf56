import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { SdError } from '@sd/core/errors.ts';
import type { Pipe } from '@sd/core/rpc/pipe.ts';
import { LIMITS } from '@sd/core/rpc/protocol.ts';
import { WebSocketServer } from 'ws';
import { type Doors, mayConnect } from './http-guard.ts';
import type { HttpHandler } from './http-handler.ts';
import type { Listener } from './socket-server.ts';
import { WebSocketPipe } from './websocket-pipe.ts';

const LOOPBACK = '127.0.0.1';

export interface WebSocketListener extends Listener {
  readonly port: number;
}

/** Bytes of the headers of a request, its URL included. */
const HEADER_BYTES = 16 * 1024;
/** A connection that is kept and asks nothing. */
const IDLE_MS = 5_000;

/**
 * Listens on this machine only, for WebSockets, and for requests over HTTP, which `handler` answers. The address a
 * browser was told (Host) and the page that asks (Origin) are checked before anything else, against pages that reach for
 * local ports; the token is asked for on the WebSocket, as on every other connection, and with every request. Throws
 * `IO` where the port is taken.
 */
export async function listenForWebSockets(
  port: number,
  origins: readonly string[],
  accept: (pipe: Pipe) => void,
  handler: Pick<HttpHandler, 'handle'>,
): Promise<WebSocketListener> {
  const http = createServer(
    {
      maxHeaderSize: HEADER_BYTES,
      headersTimeout: LIMITS.handshakeMs,
      requestTimeout: LIMITS.handshakeMs,
      connectionsCheckingInterval: IDLE_MS,
      keepAliveTimeout: IDLE_MS,
    },
    (request, response) => handler.handle(request, response, doors),
  );
  http.maxConnections = LIMITS.connections;
  // A client that takes nothing of what waits for it.
  http.setTimeout(LIMITS.stalledMs);
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error) =>
      reject(
        new SdError('IO', `cannot listen on ${LOOPBACK}:${port}: ${error.message}`, {
          way_out: 'choose another port, or 0 for any that is free',
        }),
      ),
    );
    http.listen(port, LOOPBACK, resolve);
  });
  const bound = (http.address() as AddressInfo).port;
  const doors: Doors = { hosts: new Set([`${LOOPBACK}:${bound}`, `localhost:${bound}`]), origins };
  const websockets = new WebSocketServer({ noServer: true, maxPayload: LIMITS.messageBytes, perMessageDeflate: false });
  http.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    socket.setTimeout(0);
    if (!mayConnect(request, doors))
      return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    websockets.handleUpgrade(request, socket, head, (websocket) => accept(new WebSocketPipe(websocket, socket)));
  });
  return {
    port: bound,
    get connections() {
      return websockets.clients.size;
    },
    stop: () => {
      http.close();
      // Files on their way are broken off: they can be asked for again. WebSockets are not among these.
      http.closeAllConnections();
    },
    ended: new Promise((resolve) => http.once('close', () => resolve())),
  };
}
