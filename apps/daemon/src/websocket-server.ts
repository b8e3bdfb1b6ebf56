import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { SdError } from '@sd/core/errors.ts';
import type { Pipe } from '@sd/core/rpc/pipe.ts';
import { LIMITS } from '@sd/core/rpc/protocol.ts';
import { WebSocketServer } from 'ws';
import type { Listener } from './socket-server.ts';
import { WebSocketPipe } from './websocket-pipe.ts';

const LOOPBACK = '127.0.0.1';

export interface WebSocketListener extends Listener {
  readonly port: number;
}

/**
 * Listens for WebSockets on this machine only. The address a browser was told (Host) and the page that asks (Origin) are
 * checked before anything else, against pages that reach for local ports; the token is asked for on the connection, as
 * on every other. A program that is no browser sends no Origin. Throws `IO` where the port is taken.
 */
export async function listenForWebSockets(
  port: number,
  origins: readonly string[],
  accept: (pipe: Pipe) => void,
): Promise<WebSocketListener> {
  const http = createServer((_, response) => response.writeHead(426, { connection: 'close' }).end());
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
  const hosts = new Set([`${LOOPBACK}:${bound}`, `localhost:${bound}`]);
  const websockets = new WebSocketServer({ noServer: true, maxPayload: LIMITS.messageBytes, perMessageDeflate: false });
  http.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (!mayConnect(request, hosts, origins))
      return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    websockets.handleUpgrade(request, socket, head, (websocket) => accept(new WebSocketPipe(websocket, socket)));
  });
  return {
    port: bound,
    get connections() {
      return websockets.clients.size;
    },
    stop: () => void http.close(),
    ended: new Promise((resolve) => http.once('close', () => resolve())),
  };
}

function mayConnect({ headers }: IncomingMessage, hosts: ReadonlySet<string>, origins: readonly string[]): boolean {
  if (!hosts.has(headers.host ?? '')) return false;
  return headers.origin === undefined || origins.includes(headers.origin);
}
