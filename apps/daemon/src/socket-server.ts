import { chmodSync, lstatSync, rmdirSync, rmSync } from 'node:fs';
import { type Server, type Socket, createServer } from 'node:net';
import { SocketPipe } from '@sd/client/node/socket-pipe.ts';
import type { Pipe } from '@sd/core/rpc/pipe.ts';
import { LIMITS } from '@sd/core/rpc/protocol.ts';
import { makePrivateFolder } from './private-files.ts';
import type { SocketAddress } from './socket-address.ts';

/** Something clients connect to. */
export interface Listener {
  /** Open connections, now. */
  readonly connections: number;
  /** Takes no more connections; those there are go on. */
  stop(): void;
  /** Resolves when it has stopped and its last connection has ended. */
  readonly ended: Promise<void>;
}

/** Listens on a Unix socket (0600, in a folder of 0700) or a named pipe. The caller holds the lock of the data folder. */
export async function listenOnSocket(address: SocketAddress, accept: (pipe: Pipe) => void): Promise<Listener> {
  if (address.folder !== undefined) {
    makePrivateFolder(address.folder);
    removeLeftover(address.path);
  }
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    accept(new SocketPipe(socket));
  });
  await listening(server, address.path);
  if (address.folder !== undefined) chmodSync(address.path, 0o600);
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  return {
    get connections() {
      return sockets.size;
    },
    stop: () => {
      server.close();
      if (address.borrowed && address.folder !== undefined) rmdirSync(address.folder);
    },
    ended,
  };
}

/** What a killed daemon leaves. Only ever a socket: anything else at that place is not ours. */
function removeLeftover(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket()) rmSync(path);
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path, backlog: LIMITS.connections }, () => {
      server.removeListener('error', reject);
      // Out of descriptors: the connection is lost, the daemon is not.
      server.on('error', () => {});
      resolve();
    });
  });
}
